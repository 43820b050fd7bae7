"""Every code of an error or a reason has its words, every entry of words is used, and the facts fill them."""

import ast
import string
from collections.abc import Iterator

from mailroom.wording.errors import SENTENCES
from mailroom.wording.reasons import REASONS


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Every call of a class by its plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name == (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        ):
            yield node


def codes(call: ast.Call) -> list[str]:
    """The literal codes that a call may carry (both of `a if b else c`); none where it is a variable."""
    if not call.args:
        return []
    first = call.args[0]
    options = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [one.value for one in options if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def fields(*texts: str) -> set[str]:
    """The names in braces that texts want to be filled with."""
    return {name.partition(".")[0] for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def words(program: dict[str, ast.Module]) -> set[str]:
    """Every literal text of the program outside `wording/`: a code may reach its call through a table."""
    return {
        node.value
        for name, tree in program.items()
        if not name.startswith("mailroom/wording/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_error_has_its_sentence_and_its_facts(program: dict[str, ast.Module]) -> None:
    wrong = []
    for name, tree in program.items():
        for call in calls(tree, "MailroomError"):
            given = {keyword.arg for keyword in call.keywords}
            for code in codes(call):
                sentence = SENTENCES.get(code)
                if sentence is None:
                    wrong.append(f"{name}:{call.lineno}: {code} has no sentence")
                elif None not in given:  # None: `**facts`, which nobody can count here
                    lacking = fields(sentence.what, sentence.cause, sentence.remedy) - given
                    wrong += [f"{name}:{call.lineno}: {code} lacks the fact {one}" for one in sorted(lacking)]
    assert not wrong, "\n".join(wrong)


def test_everything_that_a_check_finds_has_its_sentence(program: dict[str, ast.Module]) -> None:
    found = {
        code
        for tree in program.values()
        for name in ("Fault", "_fault")
        for call in calls(tree, name)
        for code in codes(call)
    }
    assert "chain_broken" in found
    assert not sorted(found - set(SENTENCES))


def test_every_sentence_says_what_why_and_what_to_do() -> None:
    incomplete = [
        code
        for code, sentence in SENTENCES.items()
        if not all(text.strip().endswith((".", "?")) for text in (sentence.what, sentence.cause, sentence.remedy))
    ]
    assert not incomplete


def test_every_sentence_is_used(program: dict[str, ast.Module]) -> None:
    assert not sorted(set(SENTENCES) - words(program))


def test_every_reason_has_its_phrase_and_its_facts(program: dict[str, ast.Module]) -> None:
    wrong = []
    for name, tree in program.items():
        for call in calls(tree, "Reason"):
            for code in codes(call):
                if code not in REASONS:
                    wrong.append(f"{name}:{call.lineno}: {code} has no phrase")
                elif len(call.args) < 2 or isinstance(call.args[1], ast.Tuple):
                    pairs = call.args[1].elts if len(call.args) > 1 and isinstance(call.args[1], ast.Tuple) else []
                    given = {ast.literal_eval(one.elts[0]) for one in pairs if isinstance(one, ast.Tuple)}
                    lacking = fields(REASONS[code]) - given
                    wrong += [f"{name}:{call.lineno}: {code} lacks the fact {one}" for one in sorted(lacking)]
    assert not wrong, "\n".join(wrong)


def test_every_phrase_of_a_reason_is_used(program: dict[str, ast.Module]) -> None:
    assert not sorted(set(REASONS) - words(program))


def test_the_check_reads_codes_and_facts() -> None:
    tree = ast.parse("raise MailroomError('a' if x else 'b', name=1)\nraise errors.MailroomError(code)\n")
    assert [codes(call) for call in calls(tree, "MailroomError")] == [["a", "b"], []]
    assert fields("{name} of {place.city}", "nothing") == {"name", "place"}
