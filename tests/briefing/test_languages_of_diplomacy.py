"""How delegates of each language say what they do with a position: classes of constructions, with our own sentences."""

from __future__ import annotations

import pytest

from bot.briefing.clauses import clauses
from bot.briefing.features import readable, sentences
from bot.briefing.lexicon import fold, lexicon
from bot.briefing.stance import evidence, marks
from bot.domain.taxonomy import Stance

# What a construction names, whatever weight is laid on it.
NAMED = [
    ("fr", "Freedonie ne saurait cautionner une telle lecture du texte.", Stance.OPPOSES),
    ("fr", "Nous n’y voyons pas d’inconvénient et ne nous opposons pas au report.", Stance.SUPPORTS),
    ("fr", "Aussi proposons-nous un registre tenu à tour de rôle.", Stance.PROPOSES),
    ("fr", "Le Groupe exhorte les États à publier leurs doctrines.", Stance.CALLS_FOR),
    ("fr", "Nous mettrons deux formatrices à la disposition du centre.", Stance.COMMITS),
    ("fr", "Notre parlement a promulgué en mars la loi sur les ports.", Stance.ANNOUNCES),
    ("fr", "Ouvrir ce chantier priverait les petites délégations de voix.", Stance.CAUTIONS),
    ("fr", "Il n’appartient pas au Secrétariat de juger un port.", Stance.OPPOSES),
    ("fr", "Freedonie s’accommoderait d’une séance de plus.", Stance.SUPPORTS),
    ("fr", "Un formulaire commun allégerait la tâche des petits ports.", Stance.PROPOSES),
    ("fr", "Nous ne recourrons jamais à de tels outils.", Stance.COMMITS),
    ("fr", "Les commanditaires devront en répondre.", Stance.CONDEMNS),
    ("es", "Tampoco podemos acompañar esa lectura del artículo.", Stance.OPPOSES),
    ("es", "No vemos inconveniente en prorrogar el plazo.", Stance.SUPPORTS),
    ("es", "Convendría reunir a los puntos de contacto antes del verano.", Stance.PROPOSES),
    ("es", "El Grupo debería publicar las actas en todos los idiomas.", Stance.CALLS_FOR),
    ("es", "Freedonia sufragará el viaje de diez técnicos.", Stance.COMMITS),
    ("es", "Nuestro Congreso aprobó en marzo la ley de puertos.", Stance.ANNOUNCES),
    ("es", "Una lista así podría convertirse en un arma.", Stance.CAUTIONS),
    ("es", "No le corresponde a la Secretaría juzgar un puerto.", Stance.OPPOSES),
    ("es", "Nos inclinamos por una sola sesión.", Stance.SUPPORTS),
    ("es", "Los responsables deberán responder de sus actos.", Stance.CONDEMNS),
    ("en", "Freedonia does not see why the list should be longer, and is not persuaded.", Stance.OPPOSES),
    ("en", "It is not for the Secretariat to judge a port, and nothing warrants it.", Stance.OPPOSES),
    ("en", "Our delegation leans towards a single session.", Stance.SUPPORTS),
    ("en", "Those who ordered it will have to answer for it.", Stance.CONDEMNS),
    ("en", "We see no difficulty in an extension of one year.", Stance.SUPPORTS),
    ("en", "The Assembly might ask the Commission for a study.", Stance.PROPOSES),
    ("en", "The practice should end.", Stance.CALLS_FOR),
    ("en", "Freedonia renews its offer to pay the interpreters.", Stance.COMMITS),
    ("en", "Our parliament adopted the bill on ports in March.", Stance.ANNOUNCES),
    ("en", "A register of that kind could well become a target list.", Stance.CAUTIONS),
]


@pytest.mark.parametrize(("language", "text", "expected"), NAMED)
def test_a_construction_names_its_stance(language: str, text: str, expected: Stance) -> None:
    assert expected in marks(fold(text), lexicon(language)).named


def quotable(text: str, language: str) -> list[str]:
    [sentence] = sentences(text, language)
    return [sentence.text[clause.span.start : clause.span.end] for clause in clauses(sentence, lexicon(language))]


# A cut at the mark would end in the air, drop a condition or say the contrary.
MISLEADING = [
    (
        "fr",
        "Les quinze pays peuvent accepter le fonds sous sa forme présente",
        " et pour deux ans, à la condition qu’aucun donateur n’y dispose seul d’un droit de veto.",
    ),
    (
        "fr",
        "Lorsqu’un État laisse agir depuis son sol des bandes connues de tous",
        ", par calcul ou par faiblesse, il répond de ce qu’elles font ailleurs.",
    ),
    (
        "es",
        "Pedimos a las delegaciones que más recursos tienen en esta sala",
        ", y en especial a las grandes, que no hagan de las modalidades un obstáculo.",
    ),
    (
        "es",
        "Aceptamos que el fondo se administre desde Nueva York durante los dos primeros años",
        " y no desde la capital de un donante.",
    ),
    (
        "en",
        "We ask that the yearly report of the Group to the Assembly record",
        ", in so many words, that a storm is no time for an attack.",
    ),
    (
        "en",
        "States must examine every new law of this kind before it is adopted by their parliaments",
        " and not after the harm has been done to people.",
    ),
]


@pytest.mark.parametrize(("language", "kept", "rest"), MISLEADING)
def test_a_sentence_is_not_cut_where_the_cut_would_mislead(language: str, kept: str, rest: str) -> None:
    assert not any(clause.endswith(kept[-24:]) for clause in quotable(kept + rest, language))


def test_a_second_demand_after_a_conjunction_can_be_left_out() -> None:
    demand = "Nous appuyons la création d’un fonds ouvert aux petites administrations de la région"
    assert demand in quotable(f"{demand} et invitons les banques à y contribuer dès cette année.", "fr")


POSITIONS = [
    ("fr", "En conclusion, nous demandons que le fonds soit ouvert aux villes."),
    ("fr", "Nous nous félicitons de l’adoption du rapport par consensus."),
    ("fr", "J’ai l’honneur d’annoncer que notre centre ouvrira en mai."),
    ("es", "Para concluir, proponemos que el fondo se abra a las ciudades."),
    ("en", "To conclude, we propose that the fund be opened to cities."),
    ("en", "My delegation stands ready to host the next exercise in May."),
]


@pytest.mark.parametrize(("language", "text"), POSITIONS)
def test_a_courtesy_that_carries_a_position_is_read(language: str, text: str) -> None:
    [sentence] = sentences(text, language)
    assert readable(sentence, lexicon(language))


COURTESIES = [
    ("fr", "Pour conclure, je vous remercie de votre attention."),
    ("es", "Para concluir, reitero la gratitud de mi delegación."),
    ("en", "In closing, I assure you of the cooperation of my delegation."),
]


@pytest.mark.parametrize(("language", "text"), COURTESIES)
def test_a_courtesy_is_none(language: str, text: str) -> None:
    [sentence] = sentences(text, language)
    assert not readable(sentence, lexicon(language))


SAID_BY_ALL = [
    ("fr", "Aucun pays n’est à l’abri et nous devons travailler ensemble."),
    ("es", "Hoy más que nunca debemos trabajar juntos frente a retos y oportunidades."),
    ("en", "Now more than ever we must work together hand in hand."),
]


@pytest.mark.parametrize(("language", "text"), SAID_BY_ALL)
def test_what_everybody_says_is_seen(language: str, text: str) -> None:
    assert "signal_platitude" in evidence(fold(text), lexicon(language))


NAMED_THINGS = [
    ("fr", "L’article 6 de la Convention de Budapest demeure la référence."),
    ("es", "El artículo 6 del Convenio de Budapest sigue siendo la referencia."),
    ("en", "Article 6 of the Budapest Convention remains the reference."),
]


@pytest.mark.parametrize(("language", "text"), NAMED_THINGS)
def test_a_named_instrument_is_seen(language: str, text: str) -> None:
    assert "signal_instrument" in evidence(fold(text), lexicon(language))
