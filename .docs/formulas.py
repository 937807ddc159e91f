r"""Convert the plain-text formulas of docstrings to TeX for the site.

A docstring writes ``(1 + beta^2) P R / (beta^2 P + R)``: adjacent names are multiplied, which binds tighter than `/`;
`p_k` and `C[p, t]` have subscripts; `sum`, `sqrt`, `ln` and `|x|` have their usual meaning. Names of several letters are
upright, and Greek letters are spelled out.
"""

from __future__ import annotations

import re

_TOKENS = re.compile(r"\s*(?:(\d+(?:\.\d+)?(?:e-?\d+)?)|([A-Za-z]\w*)|(<=|>=|!=|->|\.\.\.|[-+/^!=<>,;|:()\[\]{}*_]))")
_GREEK = {"alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "pi", "sigma", "tau", "phi"}
_FUNCTIONS = {"ln": r"\ln", "exp": r"\exp", "max": r"\max", "min": r"\min", "gamma": r"\Gamma", "Phi": r"\Phi"}
_SIGNS = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne", "->": r"\to", "...": r"\dots", ";": r";\;", "*": r"\cdot"}
_RELATIONS = {"<=", ">=", "!=", "->", "=", "<", ">"}
_CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|"}


class FormulaError(ValueError):
    """A formula that cannot be parsed."""


def _name(word: str) -> str:
    if word in _GREEK:
        return f"\\{word}"
    if word == "inf":
        return r"\infty"
    return word if len(word) == 1 else rf"\text{{{word}}}"


class _Reader:
    """Reads tokens from left to right; each method reads one construct and returns its TeX."""

    def __init__(self, text: str, whole: frozenset[str]) -> None:
        self.text, self.whole, self.at = text, whole, 0
        self.in_bars = False  # a bar after a factor closes |x|; elsewhere it opens one
        self.tokens: list[tuple[str, bool]] = []  # each with whether a space precedes it
        place = 0
        while text[place:].strip():
            found = _TOKENS.match(text, place)
            if found is None:
                raise FormulaError(f"cannot read {text[place:]!r} of the formula {text!r}")
            self.tokens += self._split(found[0].strip(), blank=found[0][:1].isspace())
            place = found.end()

    def _split(self, token: str, *, blank: bool) -> list[tuple[str, bool]]:
        # `p_k` is p with a subscript; `roc_auc` is the name of a metric
        if not token[0].isalpha() or token in self.whole or "_" not in token:
            return [(token, blank)]
        of_metric = next((token[:i] for i in range(len(token), 0, -1) if token[:i] in self.whole and token[i] == "_"), None)
        first = of_metric or token.split("_", 1)[0]
        rest = token[len(first) + 1 :]
        return [(first, blank), ("_", False), *([(rest, False)] if rest else [])]

    def next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def joined(self) -> bool:
        """Return whether the next token follows without a space."""
        return self.at < len(self.tokens) and not self.tokens[self.at][1]

    def take(self, expected: str = "") -> str:
        token = self.next()
        if not token or (expected and token != expected):
            raise FormulaError(f"expected {expected or 'more'!r}, not {token or 'the end'!r}, in the formula {self.text!r}")
        self.at += 1
        return token

    def whole_formula(self) -> str:
        tex = self.list()
        if self.next():
            self.take("the end")
        return tex

    def list(self) -> str:
        parts = [self.relation()]
        while self.next() in {",", ";", ":"}:
            sign = self.take()
            parts += [_SIGNS.get(sign, sign), self.relation()]
        return " ".join(parts)

    def relation(self) -> str:
        parts = [self.sum()]
        while self.next() in _RELATIONS:
            sign = self.take()
            parts += [_SIGNS.get(sign, sign), self.sum()]
        return " ".join(parts)

    def sum(self) -> str:
        parts = [self.take()] if self.next() in {"-", "+"} else []
        parts.append(self.quotient())
        while self.next() in {"+", "-"}:
            parts += [self.take(), self.quotient()]
        return " ".join(parts)

    def quotient(self) -> str:
        tex, alone = self.product()
        while self.next() == "/":
            self.take()
            below, below_alone = self.product()
            # the fraction bar replaces brackets around a whole side
            tex, alone = rf"\frac{{{_bare(tex, alone)}}}{{{_bare(below, below_alone)}}}", False
        return tex

    def product(self) -> tuple[str, bool]:
        """Read factors; also return whether there is only one, in brackets."""
        factors: list[str] = []
        alone = self.next() == "("
        while self.next() and (self.next()[0].isalnum() or self.next() in {"(", "[", "|", "*", "..."}):
            if factors and self.next() == "|" and self.in_bars:
                break
            if self.next() in {"*", "..."}:
                factors.append(_SIGNS[self.take()])
                continue
            factors.append(self.power())
        if not factors:
            self.take("a name, a number or a bracket")
        return r" \, ".join(factors), alone and len(factors) == 1 and factors[0].endswith(r"\right)")

    def power(self) -> str:
        tex = self.atom()
        while self.next() in {"^", "!", "_"} or (self.next() == "[" and self.joined()):
            sign = self.take()
            if sign == "!":
                tex += "!"
            elif sign == "[":
                tex += f"_{{{self.list()}}}"
                self.take("]")
            else:
                tex += f"{sign}{{{self.script()}}}"
        return tex

    def script(self) -> str:
        if self.next() in {"{", "("}:
            closing = _CLOSING[self.take()]
            tex = self.list()
            self.take(closing)
            return tex
        return self.take() + self.script() if self.next() == "-" else self.atom()

    def bracket(self) -> str:
        opening = self.take()
        outside, self.in_bars = self.in_bars, opening == "|"
        tex = self.list()
        self.take(_CLOSING[opening])
        self.in_bars = outside
        return rf"\left{opening} {tex} \right{_CLOSING[opening]}"

    def atom(self) -> str:
        if self.next() in {"(", "[", "|"}:
            return self.bracket()
        word = self.take()
        call = self.next() == "(" and self.joined()
        if word == "sum":
            under = ""
            if self.next() == "_":
                self.take()
                under = f"_{{{self.script()}}}"
            if self.next() == "of":
                self.take()
            return rf"\sum{under}"
        if word == "sqrt" and call:
            inside = self.bracket()
            return rf"\sqrt{{{_bare(inside, True)}}}"
        if word in _FUNCTIONS and (call or word != "gamma"):
            return f"{_FUNCTIONS[word]} {self.bracket()}" if call else _FUNCTIONS[word]
        if call and word[0].isalpha():
            return f"{_name(word)} {self.bracket()}"
        return word if word[0].isdigit() else _name(word)


def _bare(tex: str, in_brackets: bool) -> str:
    return tex.removeprefix(r"\left( ").removesuffix(r" \right)") if in_brackets else tex


def tex(formula: str, names: frozenset[str] = frozenset()) -> str:
    """Convert a formula to TeX; `names` keep their underscores."""
    return _Reader(" ".join(formula.split()), names).whole_formula()
