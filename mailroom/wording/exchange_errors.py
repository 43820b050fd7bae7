"""The sentences of files in and out: what a table cannot be, and why a row of one was refused."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

EXCHANGE: dict[str, Sentence] = {
    # a carrier's e-mail
    "web_page_given": _s(
        mark("“{name}” is a page saved from a browser, which cannot be kept as it is."),
        mark("Such a page can load and run things when it is opened, and looks different on every computer."),
        mark("Open it in the browser, print it to PDF, and add that PDF."),
    ),
    "outlook_mail_given": _s(
        mark("“{name}” is a mail in a format that Outlook alone reads."),
        mark("Mailroom reads mails in the format that every mail program can write."),
        mark("Save the mail as .eml, and drop that file."),
    ),
    "notice_not_mail": _s(
        mark("“{name}” is not an e-mail."),
        mark("It has neither sender nor subject nor date."),
        mark("Save the mail itself from your mail program (as .eml) and drop that."),
    ),
    "notice_without_number": _s(
        mark("“{name}” names no piece that is on record."),
        mark("The mail has no number, or that of a piece which was never recorded here."),
        mark("Record the piece first, or add the event by hand."),
    ),
    "notice_several_pieces": _s(
        mark("“{name}” names several pieces: {numbers}."),
        mark("Its words cannot be told apart piece by piece."),
        mark("Add the events by hand, or import them as a table."),
    ),
    "notice_without_date": _s(
        mark("“{name}” does not say when."),
        mark("Neither the text nor the head of the mail has a time that can be read."),
        mark("Add the event by hand with the time that you know."),
    ),
    # the file as a whole
    "file_not_table": _s(
        mark("“{name}” is not a table."),
        mark("By its content it is neither a CSV text nor a workbook (XLSX, XLSB, XLS, ODS), whatever its name says."),
        mark("Save the table as CSV or XLSX and import that."),
    ),
    "encoding_wrong": _s(
        mark("The letters of “{name}” cannot be read as {encoding}."),
        mark("The program that wrote the file used another set of characters."),
        mark("Choose another one, or save the file as UTF-8."),
    ),
    "sheet_missing": _s(
        mark("“{name}” has no sheet called “{sheet}”."),
        mark("It was renamed or removed."),
        mark("Choose a sheet from the list."),
    ),
    "workbook_bomb": _s(
        mark("“{name}” would unpack to {megabytes} MB and was not opened."),
        mark("It is packed tighter than any table is: such files are made to stop computers."),
        mark("Ask whoever sent it for the table as CSV."),
    ),
    "workbook_doctype": _s(
        mark("“{name}” was not opened: it has a document type definition."),
        mark("No spreadsheet program writes one; files made to do harm have it."),
        mark("Ask whoever sent it for the table as CSV."),
    ),
    "file_changed_meanwhile": _s(
        mark("“{name}” was changed while it was read."),
        mark("Another program saved it at the same moment."),
        mark("Close it there and import it again; nothing was recorded."),
    ),
    "columns_missing": _s(
        mark("{name} lacks the columns {missing}; it has {found}."),
        mark("A row of titles above the table names its columns, and none of these means what is missing."),
        mark("Say which column it is, or export the file again with it."),
    ),
    "column_unknown": _s(
        mark("{name} has no column “{column}”; it has {found}."),
        mark("The mapping was made for another file, or the column was renamed."),
        mark("Choose the columns anew."),
    ),
    "field_unknown": _s(
        mark("“{field}” is not something that is imported."),
        mark("Fields have fixed names: {known}."),
        mark("Check the spelling."),
    ),
    "column_option_bad": _s(
        mark("“{text}” does not say which column a field is."),
        mark("It is written FIELD=TITLE, such as order=Reference."),
        mark("Correct what stands after --column."),
    ),
    "mapping_unknown": _s(
        mark("No mapping is saved as “{name}”."),
        mark("The name has a typing error, or the mapping was never saved."),
        mark("Leave it out, columns are found by their titles, too, or choose one that is saved: {known}."),
    ),
    # a row
    "row_unreadable": _s(
        mark("The row from line {row} to line {last} cannot be read."),
        mark("Its quotation marks do not fit: one is missing, or text follows a closing one."),
        mark("Correct the line in the file and import it again."),
    ),
    "row_cell_too_long": _s(
        mark("Line {row} has a cell of {length} characters; {limit} are the limit."),
        mark("A quotation mark is missing before it, or something else than a table was pasted there."),
        mark("Correct the line in the file and import it again."),
    ),
    "row_not_storable": _s(
        mark("Line {row} has a character that cannot be kept."),
        mark("It holds a NUL, which no text has."),
        mark("Export the file again, or remove that character."),
    ),
    "number_missing": _s(
        mark("The row has no tracking number."),
        mark("Its cell is empty."),
        mark("Fill it in and import the file again."),
    ),
    "digits_lost": _s(
        mark("“{text}” has lost digits."),
        mark("A spreadsheet keeps fifteen digits of a number; the rest is gone for good."),
        mark("Export the table again with this column as text, and do not open it in between."),
    ),
    "number_not_recognised": _s(
        mark("“{number}” is not a tracking number: {why}."),
        mark("No carrier's numbers look like this."),
        mark("Correct the number, or choose another column for it."),
    ),
    "own_label_number": _s(
        mark("{number} is a label of our own, and no piece on this record has it."),
        mark("Such numbers are given out here and mean nothing elsewhere."),
        mark("Record the piece at the desk."),
    ),
    "check_digit_wrong": _s(
        mark("The check digit of {number} ({carrier}) is wrong: the others give {expected}."),
        mark("One character was misread or mistyped."),
        mark("Compare it with the label and correct it, or keep wrong check digits in this import."),
    ),
    "number_needs_carrier": _s(
        mark("{number} may be a number of {carriers}."),
        mark("Nothing but its length speaks for a carrier."),
        mark("Choose the column that names the carrier, or one carrier for the whole file."),
    ),
    "carrier_contradicts": _s(
        mark("The row says {said}, and {number} is a number of {found}."),
        mark("One of the two is wrong."),
        mark("Correct the row, or leave the column of the carrier out."),
    ),
    "other_number_bad": _s(
        mark("“{text}” is not a further number as Mailroom writes it."),
        mark("It is: role, carrier, number, check, between blanks."),
        mark("Correct the cell, or leave its column out."),
    ),
    "bad_currency": _s(
        mark("“{text}” is not a currency."),
        mark("Currencies are three letters, such as USD."),
        mark("Correct the cell."),
    ),
    "bad_size": _s(
        mark("“{text}” are not the sizes of a piece."),
        mark("Length, width and height are three numbers in inches or centimetres."),
        mark("Correct the cells, or leave their columns out."),
    ),
    "not_yes_or_no": _s(
        mark("“{text}” is neither yes nor no."),
        mark("The column says yes or nothing."),
        mark("Correct the cell, or leave its column out."),
    ),
    "customs_unreadable": _s(
        mark("“{text}” are not customs lines as Mailroom writes them."),
        mark("They are kept as JSON, which was changed by hand."),
        mark("Correct the cell, or leave its column out."),
    ),
    # files out
    "export_format_unknown": _s(
        mark("Files ending in {ending} are not written."),
        mark("Tables are written as CSV or XLSX."),
        mark("Give the file a name that ends in .csv or .xlsx."),
    ),
    "too_many_rows": _s(
        mark("A sheet holds {limit} rows, and there are more."),
        mark("It is the limit of the XLSX format."),
        mark("Export as CSV, or fewer at a time."),
    ),
    "cell_too_long": _s(
        mark("A text of {length} characters does not fit a sheet's cell, which holds {limit}."),
        mark("It is the limit of the XLSX format."),
        mark("Export as CSV."),
    ),
}
