"""Invoices of the demo that are paid in instalments, written as KSeF FA(3): tables have one due
date each.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from bot.demo.company import ACCOUNTS, NAME, POLISH_NUMBER, Partner

_PAPER = """<?xml version="1.0" encoding="UTF-8"?>
<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/">
  <Naglowek>
    <KodFormularza kodSystemowy="FA (3)" wersjaSchemy="1-0E">FA</KodFormularza>
    <WariantFormularza>3</WariantFormularza>
    <DataWytworzeniaFa>{issued_on}T09:30:00Z</DataWytworzeniaFa>
  </Naglowek>
  <Podmiot1>
    <DaneIdentyfikacyjne><NIP>{seller_number}</NIP><Nazwa>{seller}</Nazwa></DaneIdentyfikacyjne>
    <Adres>
      <KodKraju>PL</KodKraju><AdresL1>ul. Nabrzeżna 12</AdresL1><AdresL2>80-888 Gdańsk</AdresL2>
    </Adres>
  </Podmiot1>
  <Podmiot2>
    <DaneIdentyfikacyjne><NIP>{buyer_number}</NIP><Nazwa>{buyer}</Nazwa></DaneIdentyfikacyjne>
    <JST>2</JST>
    <GV>2</GV>
  </Podmiot2>
  <Fa>
    <KodWaluty>PLN</KodWaluty>
    <P_1>{issued_on}</P_1>
    <P_2>{number}</P_2>
    <P_13_1>{net}</P_13_1>
    <P_14_1>{tax}</P_14_1>
    <P_15>{total}</P_15>
    <Adnotacje>
      <P_16>2</P_16>
      <P_17>2</P_17>
      <P_18>2</P_18>
      <P_18A>2</P_18A>
      <Zwolnienie><P_19N>1</P_19N></Zwolnienie>
      <NoweSrodkiTransportu><P_22N>1</P_22N></NoweSrodkiTransportu>
      <P_23>2</P_23>
      <PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy>
    </Adnotacje>
    <RodzajFaktury>VAT</RodzajFaktury>
    <FaWiersz>
      <NrWierszaFa>1</NrWierszaFa>
      <P_7>Dostawa w ratach</P_7>
      <P_8A>usł.</P_8A>
      <P_8B>1</P_8B>
      <P_9A>{net}</P_9A>
      <P_11>{net}</P_11>
      <P_12>23</P_12>
    </FaWiersz>
    <Platnosc>
{terms}
      <FormaPlatnosci>6</FormaPlatnosci>
      <RachunekBankowy><NrRB>{account}</NrRB></RachunekBankowy>
    </Platnosc>
  </Fa>
</Faktura>
"""


def in_instalments(day: date, *partners: Partner) -> Iterator[tuple[str, bytes]]:
    """Number and XML: for each partner one invoice of three instalments, of which the first is
    over.
    """
    for i, partner in enumerate(partners, 1):
        issued_on = day - timedelta(days=40 + 3 * i)
        number = f"FVR/{issued_on:%Y}/{i:02d}"
        yield number, _written(number, partner, issued_on, Decimal(3000 * i)).encode()


def _written(number: str, partner: Partner, issued_on: date, net: Decimal) -> str:
    tax = net * 23 / 100
    days = [issued_on + timedelta(days=30 * n) for n in (1, 2, 3)]
    return _PAPER.format(
        number=number,
        issued_on=issued_on.isoformat(),
        seller=escape(NAME),
        seller_number=POLISH_NUMBER,
        buyer=escape(partner.name),
        buyer_number=partner.tax_id,
        net=f"{net:.2f}",
        tax=f"{tax:.2f}",
        total=f"{net + tax:.2f}",
        terms="\n".join(
            f"      <TerminPlatnosci><Termin>{day}</Termin></TerminPlatnosci>" for day in days
        ),
        account=ACCOUNTS["PLN"].removeprefix("PL"),
    )
