"""Messages of reading, checking and running text templates."""

MESSAGES: dict[str, tuple[str, str]] = {
    "T001": ("没有“{read}”这个名字", "there is no name “{read}”"),
    "T002": ("{read} 指向不存在的标识", "{read} points to an id that does not exist"),
    "T003": (
        "“{read}”是一组内容，不能直接写进句子；用 for 逐个写，或写出它的一个部分",
        "“{read}” is a group of things and cannot stand in a sentence; loop over it or name a part",
    ),
    "T004": (
        '{read}() 要一个写明的标识，例如 {read}("repair")',
        '{read}() takes one id written out, e.g. {read}("repair")',
    ),
    "T005": ("“:::”开始的段落样式没有结束", "a “:::” section is not closed"),
    "T006": ("不认识的写法“{read}”", "unknown directive “{read}”"),
    "T007": ("没有“{read}”这个过滤", "there is no filter “{read}”"),
    "T008": ("Jinja 语法错误：{read}", "Jinja syntax error: {read}"),
    "T009": ("找不到模板 {read}", "template {read} not found"),
    "T010": ("运行到这里出错：{read}", "failed here: {read}"),
    "T011": (
        "模板产生的内容没有止境，已停止（上限 {read} 项）",
        "the template goes on without end; stopped at {read} items",
    ),
    "T019": ("模板运行超过 {read} 秒，已停止", "the template ran for more than {read} s and was stopped"),
    "T012": ("模板不得访问：{read}", "a template may not access: {read}"),
    "T013": ("步骤“{read}”没有责任岗位（@owner）", "step “{read}” has no owner (@owner)"),
    "T016": (
        "引用了这家企业没有的文件、表单或法规：{read}；用 in_set() 或 has.… 的条件包起来",
        "cites a document, form or law this company does not have: {read}; put it under in_set() or a has.… condition",
    ),
    "T017": ("引用的章节 {read} 不存在", "section {read} does not exist"),
    "T018": ("@back 指向的步骤“{read}”不存在", "@back names a step that does not exist: “{read}”"),
    "T020": ("步骤“{read}”里 {names} 不止一处", "step “{read}” has more than one {names}"),
    "T021": (
        "被扩展的模板没有“{read}”这一段（block），写在里面的不会出现；可用：{known}",
        "the template extended has no block “{read}”, what is in it would not appear; known: {known}",
    ),
    "T023": ("标签没有结束：{read}", "the tag is not closed: {read}"),
    "T022": (
        "{read} 不替换任何自带的文件，也没有模板用到它",
        "{read} replaces none of the shipped files, and no template takes it in",
    ),
    "T014": ("模板不是 UTF-8 文本：{read}", "the template is not UTF-8 text: {read}"),
    "T015": ("模板文件过大：{read}", "the template file is too large: {read}"),
}
