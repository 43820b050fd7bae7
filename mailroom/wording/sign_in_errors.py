"""The sentences of signing in and of the list of operators."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

SIGN_IN: dict[str, Sentence] = {
    "operator_inactive": _s(
        mark("{operator} no longer works here."),
        mark("An administrator took the name off the list of operators."),
        mark("Start with --operator and another name, or have the name put back on the list."),
    ),
    "operator_known": _s(
        mark("{operator} is on the list of operators already."),
        mark("Capital letters make no difference; somebody who left is still listed."),
        mark("Choose the name from the list, or add a middle initial."),
    ),
    "operator_name_bad": _s(
        mark("This is not a name for an operator."),
        mark("A name has 1 to 80 characters and no control characters."),
        mark("Type the name as it is to stand in the log."),
    ),
    "operator_self": _s(
        mark("You cannot take yourself off the list."),
        mark("Nobody would sit at this desk."),
        mark("Have another administrator do it."),
    ),
    "pin_form": _s(
        mark("This cannot be a PIN."),
        mark("A PIN has 4 to 12 digits; a passphrase has 8 to 128 characters and is more than blanks."),
        mark("Type 4 to 12 digits, or a passphrase of at least 8 characters."),
    ),
    "pin_needed": _s(
        mark("The PIN of {operator} is needed."),
        mark("Operators sign in with a PIN here, and there is no terminal to ask at."),
        mark("Give it in the environment variable {variable}, or leave --operator out for a clerk's rights."),
    ),
    "pin_wait": _s(
        mark("Too many wrong PINs: the next one is looked at in {seconds} seconds."),
        mark("From the fifth wrong one on each wait is twice as long, for this operator alone."),
        mark("Wait, or have an administrator set a new PIN. A badge still seats with a clerk's rights."),
    ),
    "pin_wrong": _s(
        mark("This is not the PIN of {operator}."),
        mark("It was mistyped, or changed since."),
        mark("Type it again, or have an administrator set a new one."),
    ),
    "sign_in_nobody": _s(
        mark("No administrator with a PIN would be left."),
        mark("Where operators sign in, nobody else could ever change the list or switch it off."),
        mark("Give an administrator a PIN first."),
    ),
}
