"""The closed lists of the field: kinds of document, forums, stances and topics.

Their values are part of the contract (JSON, settings, slash-command filters) and do not change.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a document is."""

    NATIONAL_STATEMENT = "national_statement"
    GROUP_STATEMENT = "group_statement"
    JOINT_STATEMENT = "joint_statement"
    EXPLANATION_OF_VOTE = "explanation_of_vote"
    RIGHT_OF_REPLY = "right_of_reply"
    UN_OFFICIAL_REMARKS = "un_official_remarks"
    MEETING_COVERAGE = "meeting_coverage"
    NEWS = "news"
    REPORT = "report"
    BLOG = "blog"
    OTHER = "other"


STATEMENT_KINDS = frozenset(
    {
        Kind.NATIONAL_STATEMENT,
        Kind.GROUP_STATEMENT,
        Kind.JOINT_STATEMENT,
        Kind.EXPLANATION_OF_VOTE,
        Kind.RIGHT_OF_REPLY,
        Kind.UN_OFFICIAL_REMARKS,
    }
)


class Forum(StrEnum):
    """Where it was said. Each value's comment is the name a reader knows it by."""

    UNSC = "UNSC"  # Security Council
    ARRIA = "ARRIA"  # Arria-formula meeting of members of the Security Council
    UNGA = "UNGA"  # General Assembly, plenary or a committee not named below
    UNGA_C1 = "UNGA-C1"  # First Committee: disarmament and international security
    UNGA_C3 = "UNGA-C3"  # Third Committee: social, humanitarian, cultural
    OEWG = "OEWG"  # Open-ended Working Groups on ICTs, 2019-21 and 2021-25
    GGE = "GGE"  # Groups of Governmental Experts
    AHC = "AHC"  # Ad Hoc Committee on the cybercrime convention
    GM = "GM"  # Global Mechanism on ICTs, since 2026
    HRC = "HRC"  # Human Rights Council
    OTHER = "OTHER"


FORUM_NAMES: dict[Forum, str] = {
    Forum.UNSC: "Security Council",
    Forum.ARRIA: "Arria-formula meeting",
    Forum.UNGA: "General Assembly",
    Forum.UNGA_C1: "First Committee",
    Forum.UNGA_C3: "Third Committee",
    Forum.OEWG: "Open-ended Working Group",
    Forum.GGE: "Group of Governmental Experts",
    Forum.AHC: "Ad Hoc Committee on cybercrime",
    Forum.GM: "Global Mechanism",
    Forum.HRC: "Human Rights Council",
    Forum.OTHER: "Other forum",
}


class Stance(StrEnum):
    """What a speaker does with a position."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    PROPOSES = "proposes"
    CALLS_FOR = "calls_for"
    COMMITS = "commits"
    WELCOMES = "welcomes"
    CONDEMNS = "condemns"
    CAUTIONS = "cautions"
    ANNOUNCES = "announces"


class Topic(StrEnum):
    """What a position is about."""

    THREATS = "threats"
    NORMS = "norms"
    INTERNATIONAL_LAW = "international_law"
    CONFIDENCE_BUILDING = "confidence_building"
    CAPACITY_BUILDING = "capacity_building"
    INSTITUTIONAL_DIALOGUE = "institutional_dialogue"
    CYBERCRIME = "cybercrime"
    CRITICAL_INFRASTRUCTURE = "critical_infrastructure"
    RANSOMWARE = "ransomware"
    DATA_SECURITY = "data_security"
    SUPPLY_CHAIN = "supply_chain"
    ARTIFICIAL_INTELLIGENCE = "artificial_intelligence"
    HUMAN_RIGHTS = "human_rights"
    GENDER = "gender"
    DIGITAL_DIVIDE = "digital_divide"
    SOVEREIGNTY = "sovereignty"
    MILITARIZATION = "militarization"
    ATTRIBUTION = "attribution"
    STAKEHOLDERS = "stakeholders"
