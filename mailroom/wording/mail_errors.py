"""The sentences of mails that go out."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

MAIL: dict[str, Sentence] = {
    "mail_server_missing": _s(
        mark("No mail server is set."),
        mark("Server and sender’s address are needed to send mails."),
        mark("Fill them in under Settings, Notices, or save the mails as drafts."),
    ),
    "mail_sender_missing": _s(
        mark("No sender is set."),
        mark("A mail needs an address that it comes from."),
        mark("Fill in the sender’s address."),
    ),
    "mail_without_starttls": _s(
        mark("{host} answers, but offers no STARTTLS."),
        mark("It closes its line in another way, from the first byte, or not at all."),
        mark("Try TLS from the start, mostly at port 465, or ask whoever runs the server."),
    ),
    "digest_to_nobody": _s(
        mark("Nobody is set to get the digest."),
        mark("The address that it goes to is empty."),
        mark("Fill it in under Settings, Notices, or make the digest as a file."),
    ),
    "no_key_store_for_mail": _s(
        mark("This system has no key store that may hold the mail server’s password."),
        mark("Secrets are kept in the system’s own key store only, never in a file."),
        mark("Set the environment variable MAILROOM_MAIL_PASSWORD before Mailroom starts, or unlock the key store."),
    ),
    "mail_line_open": _s(
        mark("{host} was not asked: the line would be open."),
        mark("Without encryption anybody on the way could read along."),
        mark("Choose STARTTLS or TLS."),
    ),
    "mail_unreachable": _s(
        mark("The mail server {host} does not answer."),
        mark("The network is down, the name or the port is wrong, or the server ended the connection."),
        mark("Check server and port. What was not sent is sent the next time."),
    ),
    "mail_certificate_bad": _s(
        mark("{host} could not show that it is {host}."),
        mark("Its certificate is self-signed, has run out, or is that of another server."),
        mark("Ask whoever runs the server; Mailroom never skips this check."),
    ),
    "mail_login_refused": _s(
        mark("{host} did not let {user} in."),
        mark("The password is wrong or missing, or this user may not send."),
        mark("Type the password again; some providers want one made for programs."),
    ),
    "mail_sender_refused": _s(
        mark("{host} takes no mails from {sender}. It said: {answer}."),
        mark("It wants a user and a password first, or this sender is none of its own."),
        mark("Correct sender, user or password under Settings, Notices. What was not sent is sent the next time."),
    ),
    "mail_refused": _s(
        mark("The mail to {to} was not taken. The server said: {answer}."),
        mark("The server does not know the address, or does not send to it."),
        mark("Correct the requester’s address."),
    ),
    "mail_address_bad": _s(
        mark("“{text}” is not a mail address."),
        mark("An address has one @ and neither blanks nor brackets."),
        mark("Type it as name@example.org."),
    ),
    "clock_time_bad": _s(
        mark("“{text}” is not a time of day."),
        mark("Hours go from 00 to 23, minutes from 00 to 59."),
        mark("Type it as 08:00, or leave it empty."),
    ),
    "template_field_unknown": _s(
        mark("The text has fields that nobody fills: {names}."),
        mark("Fields stand in braces; these are known: {known}."),
        mark("Correct the name, or take the braces away."),
    ),
}
