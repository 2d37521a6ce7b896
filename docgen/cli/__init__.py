"""The command line. Commands are imported when used: `docgen --help` needs click alone."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "new": "new",
    "ask": "ask",
    "check": "profiles",
    "schema": "profiles",
    "build": "build",
    "fill": "fill",
    "audit": "audit",
    "list": "listing",
    "show": "reading",
    "where": "reading",
    "template": "templates",
    "score": "score",
    "status": "status",
}
_HELP = {
    "new": "Write a commented profile that builds at once / 新建企业档案",
    "ask": "Write a questionnaire to fill in with Excel / 写出企业信息采集表",
    "check": "Check profiles: faults, gaps, assumed defaults / 检查企业档案",
    "schema": "Print the JSON Schema of the profile / 输出档案的 JSON Schema",
    "build": "Build document sets from profiles / 生成文件",
    "fill": "Fill one Word template / 填写一份 Word 模板",
    "audit": "Audit finished documents, yours or anyone's / 审核成文文件",
    "list": "List documents, forms, clauses, laws, industries, themes / 列出文件、表单、条款……",
    "show": "Print a document as readable text / 显示一份文件的文字",
    "where": "Find the template line of a sentence / 查一句话写在哪个模板里",
    "status": "Where a company or a folder of clients stands / 进度与到期",
    "score": "What star level the facts support / 预测或计算得分",
    "template": "Check templates / 检查模板",
}
_chosen: list[str] = []  # --lang, for what goes wrong outside of commands


class _Lazy(click.Group):
    """Commands listed without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"docgen.cli.{_COMMANDS[name]}"), f"{name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _HELP[name]) for name in _COMMANDS])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages / 消息语言")
@click.version_option(package_name="docgen", prog_name="docgen")
@click.pass_context
def cli(ctx: click.Context, lang: str | None) -> None:
    """From one company profile (YAML) to the document set for GB/T 27922-2011.

    从一份企业档案生成 GB/T 27922-2011 的成套文件。
    """
    ctx.obj = lang
    _chosen[:] = [lang] if lang else []


def main() -> None:
    """Entry point. Exit codes: 0 done, 1 faults in profile or content, 2 wrong command line, 3 our own fault."""
    import gc
    import sys

    gc.disable()  # what commands make holds no circles: looking for some takes a tenth of a build and finds none
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli(prog_name="docgen")
    except (SystemExit, KeyboardInterrupt):
        raise
    except Exception as error:
        from docgen.cli.output import went_wrong

        sys.exit(went_wrong(error, *_chosen))
    finally:
        gc.freeze()  # or the interpreter looks through everything once more before it ends
