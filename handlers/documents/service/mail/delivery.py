"""Documents that leave by e-mail: who may send one, to whom it goes, and what becomes of it."""

from datetime import timedelta

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.mail_address import is_address
from bot.kit.words import N_, Words
from handlers.documents.blocks import mail_card
from handlers.documents.blocks.mail_card import Sight
from handlers.documents.service import approval, readers
from handlers.documents.service.labels import label_of
from handlers.ledger.service import lookup as ledger
from handlers.people.service import roles
from handlers.people.service.finance_channel import Desk, desk
from storage import outbox_mails
from storage.documents import files, register
from storage.documents.register import STANDING, Document
from storage.invoices import customers
from storage.invoices.customers import Customer
from storage.outbox import Under
from storage.outbox_mails import Mail
from storage.people import people
from storage.turn import BOT, Turn

LARGEST = 10_000_000  # bytes; most servers take letters of 20 MB, and a PDF grows by a third
MOST_A_DAY = 10  # to one address
BY_POLICY = "reminders"
ARCHIVED = "archive:"
"""Before the digest of a file that lies in the archive."""


class MailIsOff(Problem):
    sentence = N_("Letters by e-mail are off. An administrator can switch them on.")


class NoMailAddress(Problem):
    sentence = N_(
        "There is no e-mail address of {customer}, or it is not one address. Correct it in the "
        "customer's form, then send it."
    )


class MayNotMail(Problem):
    sentence = N_("{number} cannot be sent from here: it does not stand any more, or is not yours.")


class NobodyApproved(Problem):
    sentence = N_(
        "{number} goes to a customer only after approval, and nobody approved it. Give its kind "
        "approvers in the catalogue and ask for it anew."
    )


class TooLarge(Problem):
    sentence = N_("{number} is larger than 10 MB, which many mail servers refuse.")


class TooManyMails(Problem):
    sentence = N_("{address} was sent {count} letters today. Please send the next one tomorrow.")


def offer(turn: Turn, document_id: int) -> None:
    """Beneath a document that was made: the button by which it goes to its customer."""
    document = register.get(turn, document_id)
    customer = _customer(turn, document)
    if not turn.has_mail or customer is None or not is_address(customer.email):
        return
    _show(turn, document, customer.email, None)


def address_for(turn: Turn, document: Document) -> str:
    """The address to which the actor may send a document; '' where it cannot go, or went."""
    if outbox_mails.about(turn, _subject(document)):
        return ""
    try:
        return _sendable(turn, document).email
    except Problem:
        return ""


def send(turn: Turn, document_id: int) -> Document:
    """A document goes to its customer's address, once; a second click changes nothing."""
    document = readers.seen(turn, document_id)
    customer = _sendable(turn, document)
    if outbox_mails.about(turn, _subject(document)):
        return document
    if outbox_mails.count_to(turn, customer.email, turn.now - timedelta(days=1)) >= MOST_A_DAY:
        raise TooManyMails(address=customer.email, count=MOST_A_DAY)
    key = f"{_subject(document)}:{customer.email}"
    if outbox_mails.plan(turn, key, _subject(document), customer.email, _body(turn, document)):
        turn.record("document.mailed", _subject(document), customer=customer.id)
    _show(turn, document, customer.email, outbox_mails.about(turn, _subject(document)))
    return document


def send_letter(turn: Turn, document: Document) -> None:
    """The letter of a reminder goes to the customer's address, once; its stage was approved."""
    customer = _customer(turn, document)
    address = customer.email if customer else ""
    problem = _obstacle(turn, document, customer)
    if problem:
        why = roles.words_for(turn, document.requester).problem(problem)
        give_up(turn, document.origin, address, why)
        return
    key, body = document.origin, _body(turn, document)
    if outbox_mails.plan(turn, key, _subject(document), address, body):
        turn.record("document.mailed", _subject(document), customer=document.customer)


def give_up(turn: Turn, key: str, to: str, why: str) -> None:
    """A letter that cannot even be handed in: it stands as one that was refused."""
    outbox_mails.plan(turn, key, key, to, {}, error=why)


def decide(turn: Turn, mail_id: int, again: bool) -> None:
    """A person's word on a mail that may have arrived, or was refused: once more, or let be."""
    mail = outbox_mails.get(turn, mail_id)
    document_id = _id_of_document(mail) if mail else None
    if mail is None or document_id is None:
        raise readers.NoSuchDocument()
    document = readers.seen(turn, document_id)
    _sendable(turn, document)
    if outbox_mails.decide(turn, mail_id, "due" if again else "left"):
        turn.record("document.mail_decided", _subject(document), again=again)
    _show(turn, document, mail.to, outbox_mails.get(turn, mail_id))


def settled(turn: Turn, mail: Mail) -> None:
    """What became of a mail: it stands beneath the document, and who has to act is told."""
    document = _document_of(turn, mail)
    turn.record(f"document.mail_{mail.state}", mail.subject)
    if _is_by_policy(document) and mail.asked_by == BOT.id and mail.state != "unsure":
        return  # no person had to say anything: what was refused, reminders tell and try again
    clerk = _show(turn, document, mail.to, mail)
    if clerk and mail.state in ("unsure", "failed"):
        text = mail_card.told(_sight(turn, document, mail.to, mail, clerk.words), clerk.words)
        once = f"mail-{mail.state}:{mail.id}:{mail.lease_until}"
        turn.tell(clerk.channel, text, once=once, subject=mail.subject)


def _sendable(turn: Turn, document: Document) -> Customer:
    """Its customer, where the actor may send it and it may be sent."""
    customer = _customer(turn, document)
    if not turn.has_mail:
        raise MailIsOff()
    if customer is None or not _may_mail(turn, document, customer):
        raise MayNotMail(number=document.number)
    if _lacks_approval(turn, document):
        raise NobodyApproved(number=document.number)
    problem = _obstacle(turn, document, customer)
    if problem:
        raise problem
    return customer


def _obstacle(turn: Turn, document: Document, customer: Customer | None) -> Problem | None:
    """Why no mail server would bring it to its customer."""
    if customer is None or not is_address(customer.email):
        return NoMailAddress(customer=customer.name if customer else "–")
    if _size(turn, document) > LARGEST:
        return TooLarge(number=document.number)
    return None


def _size(turn: Turn, document: Document) -> int:
    """In bytes; the register knows it of what was stored, the database holds what was made."""
    return document.size or len(files.content(turn, _subject(document)))


def _is_by_policy(document: Document) -> bool:
    """Whether it is the letter of a reminder, whose stage was approved as its policy wants."""
    return document.origin.startswith("reminder:")


def _may_mail(turn: Turn, document: Document, customer: Customer) -> bool:
    stands = document.state in STANDING
    is_old = bool(document.expires_on and document.expires_on < ledger.today(turn))
    ties = ledger.ties_to(turn, customer)
    return stands and not is_old and roles.may(turn, "document", "mail", *ties)


def _lacks_approval(turn: Turn, document: Document) -> bool:
    if _is_by_policy(document) or not _wants_approval(turn, document):
        return False
    return not approval.approvers(turn, document)


def _wants_approval(turn: Turn, document: Document) -> bool:
    """Whether a stage of reminders that wants a person's approval sends this kind of letter."""
    policies = turn.catalogue.reminder_policies.values()
    return any(
        stage.approval and stage.letter == document.kind
        for policy in policies
        for stage in policy.stages
    )


def _customer(turn: Turn, document: Document) -> Customer | None:
    if document.customer is None or document.private:
        return None
    return customers.known(turn, document.customer)


def _document_of(turn: Turn, mail: Mail) -> Document:
    return register.get(turn, int(mail.subject.partition(":")[2]))


def _id_of_document(mail: Mail) -> int | None:
    """None of a letter that was given up before it became a document."""
    noun, _, id_ = mail.subject.partition(":")
    return int(id_) if noun == "document" else None


def _subject(document: Document) -> str:
    return f"document:{document.id}"


def _body(turn: Turn, document: Document) -> dict[str, str]:
    """The letter in the customer's language, which is that of a document that was made for them."""
    words = Words(document.language or _language_of_customer(turn, document))
    clerk = turn.actor
    if clerk == BOT:
        clerk = people.person(turn, document.requester) or clerk
    label = label_of(turn, document.kind, words)
    named = {"kind": label, "number": document.number, "company": turn.catalogue.company.name}
    return {
        "title": words.say("{company}: {kind} {number}", **named),
        "text": words.say(
            "Dear Sir or Madam,\n\nplease find attached: {kind}, number {number}.\n\n"
            "With any question, just answer this mail.\n\n{person}\n{company}\n",
            **named,
            person=clerk.name,
        ),
        "file": f"{ARCHIVED}{document.sha256}" if document.is_stored else _subject(document),
        "file_name": document.name or f"{fold(label).replace(' ', '-')}-{document.number}.pdf",
        "reply_name": clerk.name,
        "reply_to": clerk.email or turn.catalogue.company.email,
    }


def _language_of_customer(turn: Turn, document: Document) -> str:
    customer = _customer(turn, document)
    return (customer.language if customer else "") or turn.catalogue.company.language


def _clerk(turn: Turn, document: Document, mail: Mail | None) -> Desk | None:
    """Who sees what becomes of a mail: whoever asked for the document; of what was stored, whoever
    sent it. Finance in its channel, where that was the bot or somebody who is gone.
    """
    person = mail.asked_by if mail and document.is_stored else document.requester
    if people.is_here(turn, person):
        return Desk(person, roles.words_for(turn, person))
    return desk(turn)


def _show(turn: Turn, document: Document, to: str, mail: Mail | None) -> Desk | None:
    """What became of it stands beneath the document; whoever sees it there, if anybody."""
    clerk = _clerk(turn, document, mail)
    if clerk is None:
        return None
    sight = _sight(turn, document, to, mail, clerk.words)
    is_asked = clerk.channel == document.requester
    was_brought = is_asked and not document.is_stored and not _is_by_policy(document)
    look = mail_card.text_of if was_brought else mail_card.told
    text = look(sight, clerk.words)
    card = f"mail:{document.id}"
    turn.show(
        card if people.is_here(turn, clerk.channel) else f"{card}:{clerk.channel}",
        clerk.channel,
        text,
        mail_card.card(sight, text, clerk.words),
        under=Under(message=_subject(document)) if was_brought else None,
    )
    return clerk


def _sight(turn: Turn, document: Document, to: str, mail: Mail | None, words: Words) -> Sight:
    return Sight(
        document=document.id,
        kind=label_of(turn, document.kind, words),
        number=document.number,
        to=to,
        mail=mail.id if mail else 0,
        state=mail.state if mail else "",
        error=mail.error if mail else "",
        sent_at=mail.sent_at if mail else None,
    )
