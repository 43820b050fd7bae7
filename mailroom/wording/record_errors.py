"""The sentences of the record: the database, its files and its lists."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

RECORD: dict[str, Sentence] = {
    "account_unknown": _s(
        mark("This account is not on record."),
        mark("It was never added, or belongs to another office."),
        mark("Choose an account from the list."),
    ),
    "already_undone": _s(
        mark("This was taken back before."),
        mark("Somebody at this desk or another one was quicker."),
        mark("Nothing needs to be done."),
    ),
    "attachment_unknown": _s(
        mark("This attached file is not on record."),
        mark("It was never attached here."),
        mark("Open the shipment again and choose the file there."),
    ),
    "backup_damaged": _s(
        mark("The backup {path} is damaged: {part} is not what was written."),
        mark("A disk or a copy program changed the file, or it was cut off."),
        mark("Take another copy of it or an older backup; nothing was put back."),
    ),
    "backup_foreign": _s(
        mark("{path} is not a backup of Mailroom."),
        mark("Another program made it, or only a part of it is there."),
        mark("Choose a file that “mailroom backup” wrote; nothing was put back."),
    ),
    "backup_newer": _s(
        mark("The backup {path} was written by a newer version of Mailroom."),
        mark("This version does not know its tables; nothing was put back."),
        mark("Install the newest version of Mailroom at this desk, then restore again."),
    ),
    "backup_server": _s(
        mark("The record is kept on the server {address}, which has backups of its own."),
        mark("Several desks write there, and only the server sees one state of them all."),
        mark("Use pg_dump on the server, and keep a copy of the profile’s folder “blobs” with it."),
    ),
    "backup_unsound": _s(
        mark("The copy of {path} did not pass its check, and no backup was kept."),
        mark("The database or the disk may be damaged."),
        mark("Run mailroom check, and keep the last good backup."),
    ),
    "blob_missing": _s(
        mark("The file with the hash {sha256} is missing from the profile."),
        mark("It was removed from the folder “blobs”, or the profile was moved without it."),
        mark("Put the folder back from a backup, then run mailroom check."),
    ),
    "changed_meanwhile": _s(
        mark("The shipment was changed in the meantime."),
        mark("Somebody else changed it after it was opened here."),
        mark("Look at it again, then make your change."),
    ),
    "command_unknown": _s(
        mark("What should be taken back is not on record."),
        mark("It was never put on record in this database."),
        mark("Look at the timeline of the shipment."),
    ),
    "database_address_bad": _s(
        mark("“{path}” is not the address of a database."),
        mark("An address is sqlite:///FILE or postgresql://USER@HOST/NAME."),
        mark("Correct it after --database or in the settings file."),
    ),
    "database_damaged": _s(
        mark("The database {path} is damaged."),
        mark("A disk or a copy program changed its file; nothing was written to it."),
        mark("Keep the file, and put back the last backup."),
    ),
    "database_foreign": _s(
        mark("{path} is not a database of Mailroom."),
        mark("Another program made it, or it is no database at all; it was left as it is."),
        mark("Check the address of the database."),
    ),
    "database_locked": _s(
        mark("The database {path} is in use and did not become free in time."),
        mark("Another program or a long task holds it."),
        mark("Wait for it to end, or close the other program, then try again."),
    ),
    "database_missing": _s(
        mark("There is no database at {path}."),
        mark("It was moved, or the address is misspelt."),
        mark("Check the address of the database."),
    ),
    "database_newer": _s(
        mark("The database {path} was written by a newer version of Mailroom."),
        mark("This version does not know its tables; it was left as it is."),
        mark("Install the newest version of Mailroom at this desk."),
    ),
    "database_readonly": _s(
        mark("The database {path} cannot be written."),
        mark("Its file or folder is read-only, or this user may not change it."),
        mark("Make it writable for this user, or choose another profile."),
    ),
    "database_refused": _s(
        mark("The database {path} did not let Mailroom in."),
        mark("The user name, the password or the database's name is wrong, or a right is missing."),
        mark("Check the address, or ask whoever runs the server."),
    ),
    "database_unencrypted": _s(
        mark("The connection to {path} would not be safe."),
        mark("A server on another computer must prove who it is, and its address asks for less."),
        mark("Take sslmode out of the address, or set it to verify-full."),
    ),
    "database_unreachable": _s(
        mark("The database {path} cannot be reached."),
        mark("Its folder or server is missing, switched off, or out of reach."),
        mark("Check the address and the connection, then try again."),
    ),
    "database_unsafe": _s(
        mark("The place of the database {path} cannot keep it safe."),
        mark("The disk refuses the settings that survive a power cut; network drives do."),
        mark("Keep the database on a disk of this computer, or use a PostgreSQL server."),
    ),
    "disk_failed": _s(
        mark("The disk failed while {path} was read or written."),
        mark("The disk, its cable or the network drive has a fault."),
        mark("Make a backup at once and have the disk checked."),
    ),
    "disk_full": _s(
        mark("The disk is full; nothing was recorded in {path}."),
        mark("No space is left for the database or the files of the profile."),
        mark("Free some space, then do it again."),
    ),
    "document_unknown": _s(
        mark("This document is not on record."),
        mark("It was issued from another database."),
        mark("Search for it by its number."),
    ),
    "import_unknown": _s(
        mark("This import is not on record."),
        mark("Its file was never opened here."),
        mark("Import the file again."),
    ),
    "meter_unknown": _s(
        mark("This meter is not on record."),
        mark("It was never added to the list of meters."),
        mark("Choose a meter from the list."),
    ),
    "name_taken": _s(
        mark("“{name}” is in the list already."),
        mark("Names are compared without accents and capitals."),
        mark("Choose the entry from the list, or another name."),
    ),
    "number_not_storable": _s(
        mark("A number in “{field}” is too large to be kept."),
        mark("It needs more than 64 bits; nothing real does."),
        mark("Correct the number."),
    ),
    "number_taken": _s(
        mark("The number {number} was given out before."),
        mark("Two desks have the same letter."),
        mark("Give each desk a letter of its own in its settings."),
    ),
    "profile_not_empty": _s(
        mark("The profile folder {path} has a record already; nothing was put back."),
        mark("A backup goes where there is no record yet, so that none is ever written over."),
        mark("Give another folder with --profile, or move that record away first."),
    ),
    "payload_erased": _s(
        mark("The record cannot be made anew from its commands."),
        mark("The content of command {id} was erased on request."),
        mark("Compare with a backup instead."),
    ),
    "run_closed_before": _s(
        mark("This mail run was closed already."),
        mark("Somebody at this desk or another one closed it."),
        mark("Open a new run."),
    ),
    "operator_unknown": _s(
        mark("Nobody of that name works here."),
        mark("The name was never on record, or is spelt otherwise."),
        mark("Type the name as it stands in the list of people."),
    ),
    "sheet_form_missing": _s(
        mark("It is not said whose form the sheet is for."),
        mark("A sheet about a shipment needs --for search or --for customs."),
        mark("Add it; or name the sheet: commands, badges, scanner."),
    ),
    "badge_unknown": _s(
        mark("This badge is nobody's."),
        mark("It was printed elsewhere, or a newer badge made it void."),
        mark("Print a new badge in the settings."),
    ),
    "bench_code_foreign": _s(
        mark("This command bar code is not one of this office; nothing was done."),
        mark("It was printed elsewhere, or names something that is in no list any more."),
        mark("Print the sheet of command bar codes again."),
    ),
    "run_unknown": _s(
        mark("This mail run is not on record."),
        mark("It was never opened here."),
        mark("Choose a run from the list."),
    ),
    "text_not_storable": _s(
        mark("The text in “{field}” has a character that cannot be kept."),
        mark("It holds a NUL or half of a character, which no database takes."),
        mark("Remove that character, or type the text anew."),
    ),
}
