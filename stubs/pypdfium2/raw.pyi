from ctypes import c_double

from pypdfium2 import PdfTextPage

FPDF_ERR_PASSWORD: int
FPDF_ERR_SECURITY: int

def FPDFText_GetUnicode(text_page: PdfTextPage, index: int) -> int: ...
def FPDFText_GetCharBox(
    text_page: PdfTextPage, index: int, left: c_double, right: c_double, bottom: c_double, top: c_double
) -> int: ...
