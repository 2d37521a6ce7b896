"""Templates that are short, and whose outcome would be out of all proportion. They are legal in both kinds."""

_TWICE = "{% for i in range(60) %}{% set n.x = MADE %}{% set n.y = OTHER %}{% endfor %}"


def _grown(start: str, made: str) -> str:
    """Two things equal and not the same, each held twice by the next, sixty times."""
    steps = _TWICE.replace("MADE", made).replace("OTHER", made.replace("n.x", "n.y"))
    return f"{{% set n = namespace(x={start}, y={start}) %}}{steps}"


_LISTS = _grown("[1]", "[n.x, n.x]")
_TUPLES = _grown("(1,)", "(n.x, n.x)")

EXPLODING = {
    "a long separator": "{{ range(10000)|join('x' * 100000) }}",
    "a long text many times": "{% for i in range(10000) %}{% set a = 'a' * 1000000 %}{% endfor %}",
    "lists compared": _LISTS + "{{ 'x' if n.x == n.y }}",
    "a list searched for": _LISTS + "{{ 'x' if n.x in [n.y] }}",
    "lists in order": _LISTS + "{{ [n.x, n.y]|sort|length }}",
    "the greatest list": _LISTS + "{{ [n.x, n.y]|max|length }}",
    "a list as a place": _LISTS + "{{ [1][n.x] }}",
    "tuples compared": _TUPLES + "{{ 'x' if n.x == n.y }}",
    "a tuple as a key": _TUPLES + "{{ {n.x: 1}|length }}",
    "mappings compared": _grown("{'a': 1}", "{'a': n.x, 'b': n.x}") + "{{ 'x' if n.x == n.y }}",
    "namespaces printed": _grown("1", "namespace(a=n.x, b=n.x)") + "{{ n.x }}",
    "a list of lists repeated": "{% set a = [[1] * 1000000] * 1000000 %}",
    "what a macro is given": "{% macro m(d, a, b) %}{% if d %}{{ m(d - 1, (a, a), (b, b)) }}{% elif a == b %}x{% endif %}"
    "{% endmacro %}{{ m(60, (1,), (1,)) }}",
    "what a macro is given besides": "{% macro m(d) %}{% if d %}{{ m(d - 1, varargs, varargs) }}{% endif %}"
    "{% endmacro %}{{ m(60, 1) }}",
    "nothing captured twice": "{% set x %}{% endset %}{% set n = namespace(x=x) %}{% for i in range(60) %}"
    "{% set y %}{{ n.x }}{{ n.x }}a{% endset %}{% set n.x = y %}{% endfor %}{{ n.x }}",
    "a list to fill up with": "{{ [1]|batch(10000, [1] * 10000)|list|length }}",
    "long digits": "{{ ('f' * 2000000)|int(base=16) // 3 }}",
    "a number of many places": "{{ '1e999999999'|number }}",
    "an amount of many places": "{{ '1e-999999999'|money }}",
    "many digits": "{{ 1|money(digits=999999999) }}",
    "a great slice": "{{ [1]|slice(999999999)|list|length }}",
    "many cuts of a long text": "{% set n = namespace(x=[], t='ab' * 500000) %}{% for i in range(9999) %}"
    "{% set n.x = n.x + [n.t[i:]] %}{% endfor %}",
    "a long list searched many times": "{{ ([1] * 100000)|select('in', [2] * 100000)|list|length }}",
    "a long list searched in a loop": "{% set a = [1] * 1000000 %}{% for i in range(9999) %}{{ 'x' if 2 in a }}{% endfor %}",
    "sorted in a loop": "{% for i in range(9999) %}{{ range(9999)|sort|first }}{% endfor %}",
    "calls twice as many": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
}

EXPLODING_IN_WORD = {
    "a filter over many": "{{ range(10000)|map('center', 1000000)|list|length }}",
    "replaced over many": "{{ range(10000)|map('replace', '1', 'ab' * 10000)|list|length }}",
    "a wide precision": "{{ '%5.999999999f' % 1.5 }}",
    "a width of its own": "{{ '%*d' % (999999999, 1) }}",
    "many conversions": "{{ ('%s' * 1000)|format('a' * 1000000) }}",
    "one conversion many times": "{{ ('%(a)s' * 1000)|format(a='a' * 1000000) }}",
    "a list formatted": _LISTS + "{{ '%s' % [n.x] }}",
    "a list as text": _LISTS + "{{ n.x|string|length }}",
    "a captured text in capitals": "{% set x %}a{{ v }}{% endset %}{{ x|upper }}",
    "indented": "{{ ('a\\n' * 100000)|indent(100000) }}",
    "indented by a text": "{{ ('a\\n' * 100000)|indent('x' * 100000) }}",
    "broken into letters": "{{ ('a' * 2000000)|wordwrap(1) }}",
    "many tags": "{{ ('<a>' * 600000)|striptags }}",
    "a great rounding": "{{ 1.5|round(999999999, 'ceil') }}",
    "split over many": "{{ (['a,' * 1000000] * 10000)|map('split', ',')|list|length }}",
    "long looks": "{{ (['a'] * 100000)|map('rich', font='b' * 2000000)|list|length }}",
    "a long pattern": "{{ v.strftime('%Y' * 1000000) }}",
}
