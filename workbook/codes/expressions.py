"""Findings about YAML that cannot be read and expressions that cannot be said, for rubric authors."""

from __future__ import annotations

from workbook.codes.code import Code

YAML_PROBLEMS = {
    "found character that cannot start any token": "此处的字符不能开头（制表符缩进；@ ` % 开头而没有引号）",
    "found a tab character that violates indentation": "缩进用了制表符（Tab），应改用空格",
    "mapping values are not allowed in this context": "此处不应有冒号（上一行没写完；文字含冒号而没有引号）",
    "could not find expected ':'": "缺少冒号，或冒号后没有空格",
    "did not find expected key": "缩进与上面不齐，或缺少键",
    "did not find expected '-' indicator": "列表各行的缩进不齐，或缺少“-”",
    "did not find expected ',' or '}'": "花括号里缺少逗号，或没有写完",
    "did not find expected ',' or ']'": "方括号里缺少逗号，或没有写完",
    "did not find expected node content": "此处缺少内容",
    "found unexpected end of stream": "引号没有成对",
    "found undefined alias": "引用了没有定义的锚点（* 开头的文字要加引号）",
}
"""Messages of the YAML parser, in Chinese; any other message is told as it is."""

_ARITHMETIC = "算式只含字段和比率的 id、数字、+ - * /、括号、abs(x)"
_CONDITIONS = "条件只含是/否字段的 id、比较（== != < <= > >=）、filled(字段)、and、or、not"

EXPRESSIONS: dict[str, Code] = {
    "SPEC_EXPR_SYNTAX": Code(
        "error",
        "An expression that cannot be read.",
        "{where}：算式“{problem}”读不懂。",
        "请检查括号是否成对、符号是否半角（+ - * / < <= > >=）；百分数写成小数（15% 写 0.15）。",
    ),
    "SPEC_EXPR_FUNCTION": Code(
        "error",
        "A function that expressions do not have.",
        "{where}：算式里没有函数“{problem}”。",
        _ARITHMETIC + "，条件另有 filled(字段)。封顶用比率的 cap，分情况用 bands 或 choose，"
        "得分自会四舍五入；其余请另设比率分步写，或由填报人填一个酌情得分字段（judgement）。",
    ),
    "SPEC_EXPR_RELATION": Code(
        "error",
        "A relation or a junction of another notation.",
        "{where}：不认识的比较或连接“{problem}”。",
        "比较用 =、<>、<、<=、>、>=（≤ 写 <=，≥ 写 >=，≠ 写 <>）；并且写 and，或者写 or，不写 not。",
    ),
    "SPEC_EXPR_ANSWER": Code(
        "error",
        "A yes/no field that is compared with an answer.",
        "{where}：是/否字段不写“{problem}”。",
        "请写 {instead}。",
    ),
    "SPEC_EXPR_HEADING": Code(
        "error",
        "A heading in an expression, where an id is wanted.",
        "{where}：算式里的“{problem}”是标题，不是 id。",
        "它的 id 是 {instead}，这里请写 id。",
    ),
    "SPEC_EXPR_IF": Code(
        "error",
        "An expression with an if.",
        "{where}：算式里不能写 if：“{problem}”。",
        "分情况计分用规则 choose（when、then、otherwise）或分档 bands；"
        "一个比率有两种填法的，用 when_filled 和 otherwise。",
    ),
    "SPEC_EXPR_OPERATOR": Code(
        "error",
        "An operator that expressions do not have.",
        "{where}：算式里没有“{problem}”所用的运算。",
        _ARITHMETIC + "。乘方请写成连乘，其余请另设一个比率，或由填报人填一个酌情得分字段（judgement）。",
    ),
    "SPEC_EXPR_TEXT": Code(
        "error",
        "A text in an expression.",
        "{where}：算式里不能写文字“{problem}”。",
        "字段和比率写 id，不加引号；是/否字段直接写 id（否写 not id）；按选项给分用规则 choice。",
    ),
    "SPEC_EXPR_OTHER": Code(
        "error",
        "Something that expressions do not have at this place.",
        "{where}：此处不能写“{problem}”。",
        _ARITHMETIC + "；" + _CONDITIONS + "。",
    ),
}
