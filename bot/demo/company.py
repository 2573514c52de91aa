"""The demo's company on paper: its numbers and accounts, its customers and suppliers. All of it is
invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.kit.catalogue import Catalogue, Company
from bot.kit.folding import fold

NAME = "Bałtyk & Balaton Trade Sp. z o.o."
EMAIL = "finance@baltyk-balaton.example"
POLISH_NUMBER, HUNGARIAN_NUMBER = "7251100004", "26143006"
ACCOUNTS = {
    "PLN": "PL41109010140000000042000001",
    "EUR": "PL14109010140000000042000002",
    "HUF": "117730160042000100000005",
}
_LEADS = {
    "accounting": "U0MAREK",
    "collections": "U0BEATA",
    "customers": "U0LENA",
    "orders": "U0LENA",
    "logistics": "U0GABOR",
    "it": "U0TOMASZ",
    "legal": "U0DANIEL",
    "archive": "U0LENA",
    "hr": "U0EWA",
    "payroll": "U0ZSOFIA",
}
_CHANGES: Mapping[str, Mapping[str, str]] = {
    "it": {"assignment": "manual"}
}  # so that there is something to take
_SALES = "S0SALES"
_CUSTOMERS = "customers"


@dataclass(frozen=True)
class Partner:
    """A customer or supplier. ``terms`` are days to pay; ``worth`` is what an ordinary invoice
    comes to.
    """

    name: str
    tax_id: str
    country: str
    currency: str
    terms: int
    worth: int
    owner: str = ""
    channel: str = ""
    aliases: str = ""
    account: str = ""

    @property
    def email(self) -> str:
        """Where their accountant reads; invented as everything else."""
        office = {"PL": "ksiegowosc", "HU": "konyveles"}.get(self.country, "accounts")
        return f"{office}@{'-'.join(fold(self.name).split()[:2])}.example"


PIOTR, KATA, EMMA = "U0PIOTR", "U0KATA", "U0EMMA"
KOWALSKA = Partner(
    "Kowalska Sp. z o.o.", "7251100010", "PL", "PLN", 14, 8400, PIOTR, "ext-kowalska", "Kowalska"
)

CUSTOMERS = (
    KOWALSKA,
    Partner("Nowy Młyn S.A.", "7251100027", "PL", "PLN", 30, 21500, PIOTR),
    Partner(
        "Hurtownia Żubr Sp. z o.o.", "7251100033", "PL", "PLN", 21, 15200, PIOTR, aliases="Żubr"
    ),
    Partner("Łódzkie Tkaniny Sp. z o.o.", "7251100056", "PL", "PLN", 30, 9800, PIOTR),
    Partner("Pod Wieżą Catering", "7251100062", "PL", "PLN", 7, 1900, PIOTR),
    Partner("Gdańska Bryza Sp. z o.o.", "7251100079", "PL", "PLN", 14, 6300, PIOTR),
    Partner("Sklep Źródełko Anna Mróz", "7251100085", "PL", "PLN", 7, 740, PIOTR),
    Partner("Elektro-Mazur Sp. j.", "7251100091", "PL", "PLN", 14, 4100, PIOTR),
    Partner("Ogrody Śląskie Sp. z o.o.", "7251100116", "PL", "PLN", 30, 12700, PIOTR),
    Partner("Drukarnia Ćma", "7251100122", "PL", "PLN", 14, 2600, PIOTR),
    Partner("Tokaji Borpince Kft.", "26143013", "HU", "HUF", 15, 1_240_000, KATA),
    Partner("Balatoni Halász Bt.", "26143020", "HU", "HUF", 8, 386_000, KATA),
    Partner("Szegedi Fűszer Zrt.", "26143037", "HU", "HUF", 30, 3_150_000, KATA),
    Partner("Őrségi Faipari Kft.", "26143044", "HU", "HUF", 15, 905_000, KATA),
    Partner("Győri Gépműhely Kft.", "26143051", "HU", "HUF", 30, 2_480_000, KATA),
    Partner("Debreceni Könyvesház Kft.", "26143068", "HU", "HUF", 15, 512_000, KATA),
    Partner("Tisza-parti Szálló Kft.", "26143075", "HU", "HUF", 8, 274_000, KATA),
    Partner("Mátrai Kőfejtő Zrt.", "26143082", "HU", "HUF", 30, 4_020_000, KATA),
    Partner("Hafenkontor Brandt GmbH", "DE301445508", "DE", "EUR", 30, 7200, EMMA),
    Partner("Dvořákův Nábytek s.r.o.", "CZ28411501", "CZ", "EUR", 21, 3350, EMMA),
    Partner("Horské Stavebniny s.r.o.", "SK2020411503", "SK", "EUR", 21, 2890, EMMA),
    Partner("Import Popescu SRL", "RO14411502", "RO", "EUR", 30, 4630, EMMA),
    Partner("Søndergaard Handel ApS", "DK31411505", "DK", "EUR", 14, 5150, EMMA),
    Partner("Épicerie Lefèvre SARL", "FR65403411507", "FR", "EUR", 30, 1980, EMMA),
    Partner("Van den Berg Logistiek B.V.", "NL814115007B01", "NL", "EUR", 30, 8800, EMMA),
)
SUPPLIERS = (
    Partner(
        "Przewozy Wisła Sp. z o.o.",
        "7251100139",
        "PL",
        "PLN",
        14,
        3900,
        account="PL89109010140000000042000010",
    ),
    Partner(
        "Biuro i Papier Sp. z o.o.",
        "7251100145",
        "PL",
        "PLN",
        7,
        480,
        account="PL62109010140000000042000011",
    ),
    Partner(
        "Magazyny Nadodrze S.A.",
        "7251100151",
        "PL",
        "PLN",
        30,
        14500,
        account="PL35109010140000000042000012",
    ),
    Partner(
        "Duna Szállítmány Kft.",
        "26143099",
        "HU",
        "HUF",
        15,
        640_000,
        account="117730160042000200000004",
    ),
    Partner(
        "Alpenblick Verpackung GmbH",
        "ATU31411503",
        "AT",
        "EUR",
        30,
        2750,
        account="AT611904300234573201",
    ),
)

ADDRESSES = {
    "Kowalska Sp. z o.o.": "ul. Długa 14\n80-831 Gdańsk",
    "Nowy Młyn S.A.": "ul. Młyńska 3\n85-009 Bydgoszcz",
    "Hurtownia Żubr Sp. z o.o.": "ul. Żubrza 21\n15-111 Białystok",
    "Łódzkie Tkaniny Sp. z o.o.": "ul. Piotrkowska 204\n90-369 Łódź",
    "Pod Wieżą Catering": "Rynek 7\n50-106 Wrocław",
    "Gdańska Bryza Sp. z o.o.": "ul. Nadmorska 55\n80-341 Gdańsk",
    "Sklep Źródełko Anna Mróz": "ul. Źródlana 2\n34-500 Zakopane",
    "Elektro-Mazur Sp. j.": "ul. Jeziorna 18\n11-500 Giżycko",
    "Ogrody Śląskie Sp. z o.o.": "ul. Kwiatowa 40\n40-850 Katowice",
    "Drukarnia Ćma": "ul. Drukarska 9\n20-002 Lublin",
    "Tokaji Borpince Kft.": "Pince köz 4.\n3910 Tokaj",
    "Balatoni Halász Bt.": "Móló sétány 1.\n8230 Balatonfüred",
    "Szegedi Fűszer Zrt.": "Paprika utca 12.\n6720 Szeged",
    "Őrségi Faipari Kft.": "Fűrész út 8.\n9941 Őriszentpéter",
    "Győri Gépműhely Kft.": "Ipar utca 31.\n9027 Győr",
    "Debreceni Könyvesház Kft.": "Piac utca 22.\n4024 Debrecen",
    "Tisza-parti Szálló Kft.": "Tisza-part 5.\n5000 Szolnok",
    "Mátrai Kőfejtő Zrt.": "Kőbánya út 1.\n3200 Gyöngyös",
    "Hafenkontor Brandt GmbH": "Am Sandtorkai 30\n20457 Hamburg",
    "Dvořákův Nábytek s.r.o.": "Truhlářská 16\n110 00 Praha 1",
    "Horské Stavebniny s.r.o.": "Horská 27\n058 01 Poprad",
    "Import Popescu SRL": "Strada Lipscani 11\n030031 București",
    "Søndergaard Handel ApS": "Havnegade 39\n8000 Aarhus",
    "Épicerie Lefèvre SARL": "12 rue du Marché\n67000 Strasbourg",
    "Van den Berg Logistiek B.V.": "Waalhaven 88\n3089 JH Rotterdam",
}


def demo_catalogue(default: Catalogue) -> Catalogue:
    """The shipped catalogue as this company would fill it in: who we are, who leads, who may ask
    about invoices.
    """
    departments = {
        key: department.model_copy(update={"lead": _LEADS.get(key), **_CHANGES.get(key, {})})
        for key, department in default.departments.items()
    }
    readers = (*default.invoices.readers, _SALES)
    customers = default.reminder_policies[_CUSTOMERS]
    audience = (*customers.audience, "customer_channel")
    policies = {
        **default.reminder_policies,
        _CUSTOMERS: customers.model_copy(update={"audience": audience}),
    }
    return default.model_copy(
        update={
            "company": company(),
            "departments": departments,
            "invoices": default.invoices.model_copy(update={"readers": readers}),
            "reminder_policies": policies,
        }
    )


def company() -> Company:
    """Who we are, as documents show it."""
    return Company(
        name=NAME,
        country="PL",
        language="en",
        address=("ul. Nabrzeżna 12", "80-888 Gdańsk"),
        place="Gdańsk",
        tax_numbers=(f"PL{POLISH_NUMBER}", f"HU{HUNGARIAN_NUMBER}"),
        registrations={"KRS": "0000987600", "REGON": "220044004"},
        accounts={currency: (account,) for currency, account in ACCOUNTS.items()},
        email=EMAIL,
        phone="+48 58 555 01 42",
    )
