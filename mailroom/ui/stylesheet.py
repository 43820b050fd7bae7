"""The one style sheet. `{token}` is a colour, `{34px}` a length that grows with the text size; it sets no fonts."""

SHEET = """
* { outline: 0; }
QToolTip { background: {text}; color: {surface}; border: 0; padding: 4px 8px; }
QMainWindow, QWidget#canvas { background: {canvas}; }
QWidget#surface, QWidget#pageHead { background: {surface}; }
QWidget#sunken { background: {sunken}; }
QWidget#pageHead { border: 0; border-bottom: 1px solid {line}; }
QWidget#rail { background: {canvas}; border: 0; border-right: 1px solid {line}; }
QFrame#card { background: {surface}; border: 1px solid {line}; border-radius: 10px; }
QFrame#inset { background: {sunken}; border: 1px solid {line}; border-radius: 8px; }
QFrame#sheet { background: {surface}; border: 1px solid {line}; border-radius: 14px; }
QFrame#drop { background: {sunken}; border: 1px dotted {line2}; border-radius: 8px; }
QFrame#drop[over="true"] { background: {soft}; border: 1px solid {accent}; }
QFrame#hairline { background: {line}; border: 0; max-height: 1px; min-height: 1px; }
QFrame#uprightHairline { background: {line}; border: 0; max-width: 1px; min-width: 1px; }

QLabel[tone="text2"] { color: {text2}; }
QLabel[tone="text3"] { color: {text3}; }
QLabel[tone="accent"] { color: {accent}; }
QLabel[tone="good"] { color: {good}; }
QLabel[tone="warn"] { color: {warn}; }
QLabel[tone="bad"] { color: {bad}; }
QLabel[tone="move"] { color: {move}; }
QLabel[tone="back"] { color: {back}; }
QLabel[tone="neutral"] { color: {neutral}; }

QPushButton { border-radius: 6px; padding: 0 12px; min-height: {32px}; max-height: {32px};
  border: 1px solid {line2}; background: {surface}; color: {text}; }
QPushButton[small="true"] { min-height: {28px}; max-height: {28px}; padding: 0 10px; }
QPushButton[tiny="true"] { min-height: {26px}; max-height: {26px}; padding: 0 8px; }
QPushButton[square="true"] { padding: 0; min-width: {32px}; max-width: {32px}; }
QPushButton[square="true"][small="true"] { min-width: {28px}; max-width: {28px}; }
QPushButton[square="true"][tiny="true"] { min-width: {26px}; max-width: {26px}; }
QPushButton:hover { background: {hover}; }
QPushButton:pressed { background: {soft}; }
QPushButton[kind="primary"] { background: {accent}; border-color: {accent}; color: {on_accent}; }
QPushButton[kind="primary"]:hover { background: {accent_hover}; border-color: {accent_hover}; }
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; color: {text2}; }
QPushButton[kind="ghost"]:hover { background: {hover}; color: {text}; }
QPushButton[kind="danger"] { background: {surface}; border-color: {bad_line}; color: {bad}; }
QPushButton[kind="danger"]:hover { background: {bad_bg}; }
QPushButton[kind="link"] { background: transparent; border: 0; padding: 0 2px; color: {accent};
  text-decoration: underline; min-height: {24px}; max-height: {24px}; }
QPushButton[kind="link"]:hover { color: {accent_hover}; }
QPushButton:disabled { background: {sunken}; border-color: {line}; color: {text3}; }
QPushButton[kind="ghost"]:disabled { background: transparent; border-color: transparent; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox {
  background: {surface}; color: {text}; border: 1px solid {line2}; border-radius: 6px; padding: 0 9px;
  selection-background-color: {accent}; selection-color: {on_accent}; }
QLineEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox { min-height: {32px}; max-height: {32px}; }
QPlainTextEdit { padding: 6px 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus, QSpinBox:focus {
  border: 2px solid {focus}; padding: 0 8px; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus, QSpinBox:focus {
  min-height: {30px}; max-height: {30px}; }
QPlainTextEdit:focus { padding: 5px 6px; }
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QComboBox[refused="true"] {
  border: 2px solid {bad_line}; padding: 0 8px; }
QLineEdit[refused="true"], QComboBox[refused="true"] { min-height: {30px}; max-height: {30px}; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: {sunken}; color: {text3};
  border-color: {line}; }
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView { background: {raised}; color: {text}; border: 1px solid {line2}; border-radius: 6px;
  padding: 4px; selection-background-color: {soft}; selection-color: {soft_text}; }
QComboBox QAbstractItemView::item { min-height: {28px}; padding: 0 6px; }

QMenu { background: {raised}; color: {text}; border: 1px solid {line2}; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 20px 6px 10px; border-radius: 4px; }
QMenu::item:selected { background: {soft}; color: {soft_text}; }
QMenu::item:disabled { color: {text3}; }
QMenu::separator { height: 1px; background: {line}; margin: 4px 6px; }

QTableView, QListView { background: {surface}; color: {text}; border: 0; gridline-color: {line};
  selection-background-color: {soft}; selection-color: {text}; }
QListWidget { border: 1px solid {line2}; border-radius: 6px; padding: 4px; }
QListWidget::item { min-height: {28px}; padding: 0 6px; }
QListWidget::item:selected { background: {soft}; color: {soft_text}; }
QListWidget#suggestions { background: {raised}; }
QHeaderView { background: {sunken}; border: 0; }
QHeaderView::section { background: {sunken}; color: {text2}; border: 0; border-bottom: 1px solid {line};
  border-top: 1px solid {line}; padding: 0 8px; height: {30px}; }
QHeaderView::section:first { padding-left: 16px; }
QHeaderView::section:last { padding-right: 16px; }
QTableView QTableCornerButton::section { background: {sunken}; border: 0; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: 0; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: {line2}; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; width: 6px; }
QScrollBar::handle:horizontal { min-width: 32px; height: 6px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: {line}; }
QLineEdit#cell { border: 2px solid {focus}; border-radius: 4px; padding: 0 6px; min-height: 0; }
QSlider { min-height: 22px; }
QSlider::groove:horizontal { background: {line}; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: {accent}; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: {surface}; border: 1px solid {line2}; width: 16px; margin: -7px 0;
  border-radius: 8px; }
QSlider::handle:horizontal:focus { border: 2px solid {focus}; }
QSlider::sub-page:horizontal:disabled { background: {line2}; }
QListView::item { border-radius: 6px; padding: 0 6px; }
QListView::indicator { width: 14px; height: 14px; border: 1px solid {line2}; border-radius: 4px;
  background: {surface}; }
QListView::indicator:checked { background: {accent}; border-color: {accent}; }
QListView::item:selected { background: {soft}; color: {soft_text}; }
QProgressBar { background: {line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: {accent}; border-radius: 3px; }
"""
