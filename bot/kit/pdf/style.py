"""The looks of every paper: measures, inks and type sizes, in points."""

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from bot.kit.pdf import fonts
from bot.kit.pdf.grid import Look

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE = 20 * mm
TOP = 17 * mm
TOP_LATER = 25 * mm
FOOT = 31 * mm
ROOM = PAGE_WIDTH - 2 * SIDE
LOGO = (160, 40)  # the most that a logo takes: its width and height
TALLEST = PAGE_HEIGHT - TOP_LATER - FOOT
BELOW_HEADING, BELOW_BYLINE = 64, 23  # what must fit below a heading or a byline
QR = 15.5 * mm

INK = HexColor("#1B2430")
GREY = HexColor("#66707C")
FAINT = HexColor("#D9DEE4")
ACCENT = HexColor("#0F6B6B")


def _paragraph(
    size: float, leading: float, ink: Color = INK, font: str = fonts.REGULAR, after: float = 6
) -> ParagraphStyle:
    fonts.register()
    return ParagraphStyle(
        f"{font}{size:g}",
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=ink,
        alignment=TA_LEFT,
        spaceAfter=after,
        splitLongWords=True,
        allowWidows=False,
        allowOrphans=False,
    )


NORMAL = _paragraph(9.6, 14)
SMALL = _paragraph(7.8, 10.8, GREY, after=4)
LEAD = _paragraph(10.8, 15.6, after=8)
BYLINE = _paragraph(8.4, 11.6, GREY, after=1.5)
BYLINE.spaceBefore = 7
TITLE = _paragraph(20, 24.5, font=fonts.MEDIUM, after=2)
SUBTITLE = _paragraph(10.5, 14.5, GREY, after=2)
HEADING = _paragraph(10.6, 14, font=fonts.MEDIUM, after=3)
HEADING.spaceBefore = 10

COMPANY = Look(fonts.MEDIUM, 12.5, 15.5, INK, 0, 0)
COMPANY_LINES = Look(fonts.REGULAR, 7.6, 10.4, GREY, 0, 0)
CAPTION = Look(fonts.REGULAR, 7.4, 9.4, GREY, 0, 1.6)
PANEL_NAME = Look(fonts.MEDIUM, 10, 13, INK, 0, 0.8)
PANEL_LINE = Look(fonts.REGULAR, 8.8, 12, INK, 0, 0)
DETAIL = Look(fonts.REGULAR, 9, 12, INK, 2.4, 2.8, rule=FAINT)

FIGURE = Look(fonts.MEDIUM, 19, 23, ACCENT, 0, 1)
TICK = Look(fonts.REGULAR, 9.6, 13.4, INK, 1, 5)
BLANK = Look(fonts.REGULAR, 8.8, 12, GREY, 11, 2.5, rule=GREY)
CODE = 27 * mm

TABLE_SIZES = (8.6, 7.8, 7.0)


def table_looks(size: float) -> tuple[Look, Look, Look]:
    """How a table's header, rows and totals look at a type size."""
    header = Look(fonts.MEDIUM, size - 1, size + 1, GREY, 2, 3.4, rule=INK, rule_width=0.7)
    rows = Look(fonts.REGULAR, size, size + 2.6, INK, 2.4, 3.4, rule=FAINT)
    totals = Look(fonts.BOLD, size, size + 2.6, INK, 3.4, 3.4, overline=INK, rule_width=0.7)
    return header, rows, totals
