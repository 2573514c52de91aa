"""Routes for sending a document by e-mail."""

from bot.kit.replies import NOTHING, Reply
from bot.kit.routes import Click
from handlers.documents.blocks import mail_card
from handlers.documents.routes import routes
from handlers.documents.service import delivery
from handlers.documents.service.mail import delivery as mail_delivery
from storage.turn import Turn


@routes.action(mail_card.SEND)
def send(turn: Turn, click: Click) -> Reply:
    """The button beneath a document; beneath a stored one it stands on the card of each who was
    given it.
    """
    document = mail_delivery.send(turn, click.number)
    if document.is_stored:
        delivery.show_anew(turn, document)
    return NOTHING


@routes.action(mail_card.AGAIN)
def again(turn: Turn, click: Click) -> Reply:
    """It may have arrived, or was refused: somebody wants it sent once more."""
    mail_delivery.decide(turn, click.number, again=True)
    return NOTHING


@routes.action(mail_card.LEAVE)
def leave(turn: Turn, click: Click) -> Reply:
    """It is not sent again."""
    mail_delivery.decide(turn, click.number, again=False)
    return NOTHING
