"""Who speaks, in the layouts missions use, in six languages. All names of persons are invented."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.domain.statement import Record
from bot.reading.article import Article
from bot.reading.who import Who, find_who


def page(
    title: str,
    *,
    header: str = "",
    site: str = "",
    body: str = "",
    tail: str = "",
    language: str = "en",
    html_title: str | None = None,
) -> Article:
    """An article as the reading of a page hands it over."""
    return Article(
        title=title,
        site=site,
        header=header,
        body=body,
        tail=tail,
        html_title=html_title,
        html_language=None,
        language=language,
    )


def who(article: Article, *, url: str | None = None, country: str | None = None) -> Who:
    return find_who(article, Record(id="1", url=url, country=country))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A page and what it says of who speaks; `speaker` is None where it names nobody."""

    name: str
    article: Article
    country: str | None
    speaker: str | None = None
    group: str | None = None
    official: bool = False
    url: str | None = None


CASES = [
    Case(
        name="china: remarks by an ambassador, breadcrumbs above",
        article=page(
            "Remarks by Amb. Lu Haoran at the Security Council Arria-formula Meeting on Commercial Spyware",
            site="Permanent Mission of the People’s Republic of China to the UN\nHome > China & UN > Security Council",
            body="Chair,\n\nI thank the United Kingdom and Pakistan for the briefing.\n\nChina believes that dialogue works.",
        ),
        country="CHN",
        speaker="Amb. Lu Haoran",
    ),
    Case(
        name="china: the delegation, nobody named",
        article=page(
            "Statement by the Chinese Delegation at the Thematic Discussion on Other Disarmament Measures",
            site="Permanent Mission of China",
            body="Mr. Chair,\n\nThe United States says one thing. The United States believes another.",
        ),
        country="CHN",
    ),
    Case(
        name="united kingdom: the state inside the title, the byline under it",
        article=page(
            "No one is safe until all networks are: UK statement at the UN Security Council",
            header="Statement by Ambassador Fenella Marchbanks, UK Chargé d’Affaires to the UN, at the Security Council "
            "meeting on cyber threats.\nFrom: Foreign, Commonwealth & Development Office\nPublished 4 April 2025\n"
            "Location: United Nations, New York\nDelivered on: 3 April 2025 (Transcript of the speech, exactly as it was "
            "delivered)",
            body="Thank you President.\n\nI join others in thanking Greece and our briefers.",
        ),
        country="GBR",
        speaker="Ambassador Fenella Marchbanks",
    ),
    Case(
        name="united states: name, post, place and date on lines of their own",
        article=page(
            "Remarks at a UN Security Council Briefing on Cyberspace",
            site="United States Mission to the United Nations",
            header="Ambassador Corwin Haldane\nActing U.S. Representative to the United Nations\nNew York, New York\n"
            "April 4, 2025\nAS DELIVERED",
            body="Thank you, Mr. President. I thank Estonia. The United States believes in an open internet.",
        ),
        country="USA",
        speaker="Ambassador Corwin Haldane",
        url="https://usun.usmission.example/remarks/",
    ),
    Case(
        name="united states: explanation of position with a comma after the name",
        article=page(
            "Explanation of Position on a Third Committee Resolution on Cybercrime",
            header="Marisol Petrakis-Boone, Adviser\nU.S. Mission to the United Nations\nNew York, New York",
            body="We thank Russia for presenting this text. The United States dissociates from it.",
        ),
        country="USA",
        speaker="Marisol Petrakis-Boone",
    ),
    Case(
        name="singapore: everything in capitals",
        article=page(
            "STATEMENT BY AMBASSADOR TAN WEI LOONG, PERMANENT REPRESENTATIVE OF SINGAPORE TO THE UNITED NATIONS, AT THE "
            "OPEN-ENDED WORKING GROUP ON ICT SECURITY, 10 MARCH 2025",
            body="Thank you, Chair. Malaysia supports us, and Malaysia believes in norms. Malaysia welcomes them.",
        ),
        country="SGP",
        speaker="AMBASSADOR TAN WEI LOONG",
    ),
    Case(
        name="pdf cover: one phrase a line",
        article=page(
            "STATEMENT",
            header="BY\nH.E. MR. OSWALDO TINOCO\nAMBASSADOR AND PERMANENT REPRESENTATIVE\nOF THE REPUBLIC OF NAMIBIA\n"
            "TO THE UNITED NATIONS\nAT THE\nFIRST COMMITTEE\nCheck against delivery",
            body="Chairperson,\n\nMy delegation aligns itself with the African Group.",
        ),
        country="NAM",
        speaker="H.E. MR. OSWALDO TINOCO",
    ),
    Case(
        name="korea: a page of a ministry's board that names nobody",
        article=page(
            "Statement at the First Committee Thematic Debate on Other Disarmament Measures",
            site="Permanent Mission of the Republic of Korea to the United Nations\nHome > Statements",
            header="2024-10-29 09:12",
            body="Mr. Chair,\n\nThe Republic of Korea attaches great importance to this. Ms. Park of the Secretariat said so.",
        ),
        country="KOR",
    ),
    Case(
        name="germany: a minister in the title, no delivery line",
        article=page(
            "Statement by Ambassador Dr. Friederike von der Aue at the Security Council Open Debate",
            site="Permanent Mission of the Federal Republic of Germany to the United Nations",
            body="Germany aligns itself with the statement of the European Union.",
        ),
        country="DEU",
        speaker="Ambassador Dr. Friederike von der Aue",
    ),
    Case(
        name="italy: title gives only the forum, byline after a dash",
        article=page(
            "OEWG on ICTs – Eleventh Session – Capacity Building",
            site="Permanent Mission of Italy to the UN – New York",
            header="Statement delivered by Mr. Ruggero Dell’Orto, Deputy Head of the Cyber Policy Unit, Ministry of Foreign "
            "Affairs — 8 July 2025",
            body="Thank you, Chair.",
        ),
        country="ITA",
        speaker="Mr. Ruggero Dell’Orto",
    ),
    Case(
        name="iran: in the name of God, before the president of the council",
        article=page(
            "Statement by H.E. Mr. Kamran Tabesh, Ambassador and Permanent Representative of the Islamic Republic of Iran to "
            "the United Nations Before the United Nations Security Council",
            body="In the name of God, the Most Compassionate, the Most Merciful\n\nMadam President,\n\nIsrael attacked. "
            "The United States supports Israel. The United States rejects the law.",
        ),
        country="IRN",
        speaker="H.E. Mr. Kamran Tabesh",
    ),
    Case(
        name="brazil: an english page under a portuguese banner",
        article=page(
            "Statement by the Deputy Permanent Representative, Ambassador Heloísa de Castro Brandão, at the OEWG",
            site="Missão do Brasil junto à ONU\nPermanent Mission of Brazil to the United Nations",
            body="Brazil favours a single track.",
        ),
        country="BRA",
        speaker="Ambassador Heloísa de Castro Brandão",
    ),
    Case(
        name="india: a counsellor, the title in capitals and dashes",
        article=page(
            "EXPLANATION OF VOTE BY MS. ANJALI VARADKAR, COUNSELLOR, PERMANENT MISSION OF INDIA – FIRST COMMITTEE – 2 NOVEMBER 2023",
            body="Mr. Chair, Pakistan believes otherwise. Pakistan rejects it. Pakistan claims. Pakistan welcomes.",
        ),
        country="IND",
        speaker="MS. ANJALI VARADKAR",
    ),
    Case(
        name="right of reply: the accused is named more often than the speaker",
        article=page(
            "Right of Reply by the Delegation of Pakistan – First Committee",
            body="Mr. Chair,\n\nIndia believes it can deceive. India continues to deny. India rejects facts. India remains so.",
        ),
        country="PAK",
    ),
    Case(
        name="australia on behalf of CANZ",
        article=page(
            "Statement by Australia on behalf of Australia, Canada and New Zealand – Global Mechanism",
            header="Delivered by Ms Tamsin Brockhurst, First Secretary",
            body="Chair, I have the honour to speak on behalf of CANZ.",
        ),
        country="AUS",
        speaker="Ms Tamsin Brockhurst",
        group="CANZ",
    ),
    Case(
        name="EU statement by its delegation has no country",
        article=page(
            "EU Statement – UN Open-Ended Working Group on ICT: Norms",
            site="Delegation of the European Union to the United Nations in New York",
            header="06.12.2024 New York\nStatement on behalf of the European Union and its Member States by Ms. Griet "
            "Vanhoutte, Counsellor, Delegation of the European Union to the United Nations",
            body="Chair,\n\nI have the honour to speak on behalf of the EU and its Member States.\n\nThe candidate countries "
            "North Macedonia, Montenegro, Serbia and Albania align themselves with this statement. Ukraine supports it.",
        ),
        country=None,
        speaker="Ms. Griet Vanhoutte",
        group="EU",
    ),
    Case(
        name="aligning with the EU is not speaking for it",
        article=page(
            "Statement by Mr. Kazimierz Wrona, Minister Counsellor, Permanent Mission of Poland",
            body="Chair,\n\nI have the honour to align Poland with the statement delivered on behalf of the European Union.",
        ),
        country="POL",
        speaker="Mr. Kazimierz Wrona",
    ),
    Case(
        name="NAM delivered by Indonesia, posted on its mission's site",
        article=page(
            "STATEMENT ON BEHALF OF THE NON-ALIGNED MOVEMENT AT THE OEWG ON SECURITY OF AND IN THE USE OF ICTS",
            site="Permanent Mission of the Republic of Indonesia to the United Nations",
            header="Delivered by H.E. Mr. Bagus Wirawan Harjo\nDeputy Permanent Representative of Indonesia",
            body="I have the honour to speak on behalf of NAM. NAM welcomes Uganda and Azerbaijan.",
        ),
        country="IDN",
        speaker="H.E. Mr. Bagus Wirawan Harjo",
        group="NAM",
    ),
    Case(
        name="group in the speech alone",
        article=page(
            "Statement by H.E. Mr. Samuel Okwiri-Banda",
            site="Permanent Mission of the Republic of Uganda to the United Nations, New York",
            body="Mr. Chairman,\n\nI have the honour to deliver this statement on behalf of the Movement of Non-Aligned "
            "Countries.\n\nNAM reaffirms its positions. Iran supports this.",
        ),
        country="UGA",
        speaker="H.E. Mr. Samuel Okwiri-Banda",
        group="NAM",
    ),
    Case(
        name="nordic statement by Iceland",
        article=page(
            "Nordic Statement on Capacity Building",
            header="Statement by Ms. Sigrún Hallgrímsdóttir, Deputy Permanent Representative of Iceland, on behalf of "
            "Denmark, Finland, Norway, Sweden and my own country Iceland",
            body="Chair, Denmark supports this. Finland supports this.",
        ),
        country="ISL",
        speaker="Ms. Sigrún Hallgrímsdóttir",
        group="Nordic",
    ),
    Case(
        name="african group by Nigeria",
        article=page(
            "Statement by the African Group delivered by the Permanent Mission of Nigeria",
            body="Chair, the Group notes the report of Egypt and thanks Kenya.",
        ),
        country="NGA",
        group="African Group",
    ),
    Case(
        name="joint statement of several states, nobody delivering",
        article=page(
            "Joint Statement by Chile, Colombia, Estonia and Fiji on the Framework of Responsible State Behaviour",
            site="Permanent Mission of Estonia to the UN",
            body="We, the following states, stand together. Estonia supports it.",
        ),
        country=None,
    ),
    Case(
        name="joint statement delivered by one",
        article=page(
            "Joint Statement on the Programme of Action",
            header="Delivered by Mr. Teodor Văcărescu, Deputy Permanent Representative of Romania",
            body="I deliver this statement for a group of countries: Chile, Fiji and Romania.",
        ),
        country="ROU",
        speaker="Mr. Teodor Văcărescu",
    ),
    Case(
        name="a UN official speaks for no state",
        article=page(
            "Briefing to the Security Council on the Misuse of ICTs",
            header="Ms. Yukiko Arimori, Under-Secretary-General and High Representative for Disarmament Affairs",
            body="I thank the Republic of Korea. Korea supports this.",
        ),
        country=None,
        speaker="Ms. Yukiko Arimori",
        official=True,
    ),
    Case(
        name="the Red Cross speaks for no state",
        article=page(
            "ICRC statement to the OEWG on international humanitarian law",
            header="Statement by Ms. Laurence Béguelin, Legal Adviser",
            site="International Committee of the Red Cross",
            body="Switzerland welcomes us. We thank Luxembourg.",
        ),
        country=None,
        speaker="Ms. Laurence Béguelin",
        official=True,
    ),
    Case(
        name="UNIDIR's director",
        article=page(
            "Remarks by Dr. Rowan Castellanos, Director of UNIDIR, at the Arria-formula meeting",
            body="Estonia thanks you.",
        ),
        country=None,
        speaker="Dr. Rowan Castellanos",
        official=True,
    ),
    Case(
        name="a foreign minister's high representative is a state's, not the UN's",
        article=page(
            "Statement by the Special Representative for Cyber Diplomacy of Czechia, Mr. Vít Horáček",
            body="Thank you.",
        ),
        country="CZE",
        speaker="Mr. Vít Horáček",
    ),
    Case(
        name="posted by a mission's clerk: no speaker",
        article=page(
            "Statement of Barbados on ICT Security",
            site="Permanent Mission of Barbados",
            header="Posted on March 3, 2025 by Mission Admin\nBy Press and Information Division",
            body="Chair, thank you. Barbados supports CARICOM.",
        ),
        country="BRB",
    ),
    Case(
        name="photo, chair and moderator are not the speaker",
        article=page(
            "Statement by Chile at the Arria-formula Meeting",
            header="Photo: H.E. Mr. Ulises Barrientos addressing the meeting\nChaired by Ambassador Ana Pinto\n"
            "Moderator: Dr. Hugh Lane",
            body="We thank Ambassador Ana Pinto for chairing.",
        ),
        country="CHL",
    ),
    Case(
        name="thanks at the opening of a speech name no speaker",
        article=page(
            "Statement by Malta",
            body="Ambassador Rinaldi, thank you for your briefing.\n\nMr. President,\n\nH.E. Mr. Dogan spoke before me.",
        ),
        country="MLT",
    ),
    Case(
        name="a reply to somebody's remarks names no speaker",
        article=page(
            "Right of Reply by Armenia in response to the statement by Ambassador Rashad Quliyev of Azerbaijan",
            body="Azerbaijan believes. Azerbaijan rejects. Azerbaijan continues.",
        ),
        country="ARM",
    ),
    Case(
        name="a bare title and a first-person speech",
        article=page(
            "Other Disarmament Measures",
            body="Chair,\n\nWe thank Mexico and Japan. For our part, Peru believes in norms.\n\nPeru supports a programme of "
            "action. Peru welcomes the report.",
        ),
        country="PER",
    ),
    Case(
        name="title with a colon after the state",
        article=page("Uruguay: Statement on Confidence-Building Measures", body="Thank you, Chair."),
        country="URY",
    ),
    Case(
        name="session words are no name",
        article=page(
            "Statement by Ghana – Second Substantive Plenary Week",
            header="First Committee\nThird Special Session\nHigh Level Segment Opening",
            body="Ghana supports it.",
        ),
        country="GHA",
    ),
    Case(
        name="ambassador's name possessive in the title",
        article=page(
            "Ambassador Oyelaran’s Remarks at the Open Debate on Ransomware",
            site="Permanent Mission of Sierra Leone to the United Nations",
        ),
        country="SLE",
        speaker="Ambassador Oyelaran",
    ),
    Case(
        name="a name before a colon",
        article=page(
            "Ambassador Idris Falconer: Statement to the Security Council on Malicious Cyber Activity",
            header="Permanent Mission of Jamaica",
        ),
        country="JAM",
        speaker="Ambassador Idris Falconer",
    ),
    Case(
        name="a double surname with particles and initials",
        article=page(
            "Intervention by Mr. J. P. van den Broek-Ten Kate, Cyber Ambassador of the Kingdom of the Netherlands",
        ),
        country="NLD",
        speaker="Mr. J. P. van den Broek-Ten Kate",
    ),
    Case(
        name="arabic name in latin letters",
        article=page(
            "Statement by H.E. Sheikha Maha bint Rashid Al-Dhaheri, Deputy Permanent Representative of the UAE",
        ),
        country="ARE",
        speaker="H.E. Sheikha Maha bint Rashid Al-Dhaheri",
    ),
    Case(
        name="united arab emirates by their mission's address",
        article=page("Statement on International Law", body="We thank Brazil and Singapore."),
        country="ARE",
        url="https://uaeun.org/statement/oewg-international-law/",
    ),
    Case(
        name="france: the site and a byline in lower case",
        article=page(
            "« Nous devons bâtir la confiance numérique »",
            site="La France à l’ONU",
            header="Intervention de Mme Solène Garrec-Diallo, représentante permanente adjointe de la France auprès des "
            "Nations unies\nConseil de sécurité - 4 avril 2025\n(Seul le prononcé fait foi)",
            body="Monsieur le Président,\n\nJe remercie le Royaume-Uni et le Ghana.",
            language="fr",
        ),
        country="FRA",
        speaker="Mme Solène Garrec-Diallo",
    ),
    Case(
        name="switzerland: dateline only, body in the first person",
        article=page(
            "Discussion thématique : menaces",
            header="New York, 04.03.2025 - Déclaration prononcée par S.E. Mme Béatrice Wuilloud, Représentante permanente",
            body="Madame la Présidente,\n\nMa délégation remercie le Mexique.\n\nLa Suisse estime que le droit s’applique. "
            "Pour la Suisse, rien n’est acquis. La Suisse soutient ces efforts.",
            language="fr",
        ),
        country="CHE",
        speaker="S.E. Mme Béatrice Wuilloud",
    ),
    Case(
        name="algeria in french for the arab group",
        article=page(
            "Déclaration de S.E. M. Mourad Bensalhia, Représentant permanent de l’Algérie, au nom du Groupe arabe",
            body="Monsieur le Président, j’ai l’honneur de prendre la parole au nom du Groupe arabe.",
            language="fr",
        ),
        country="DZA",
        speaker="S.E. M. Mourad Bensalhia",
        group="Arab Group",
    ),
    Case(
        name="senegal: the state presented, the person labelled",
        article=page(
            "Déclaration du Sénégal à la onzième session du Groupe de travail",
            header="Orateur : M. Ousmane Tall Ndiongue, Premier Conseiller",
            body="Le Sénégal s’associe à la déclaration faite au nom du Groupe africain.",
            language="fr",
        ),
        country="SEN",
        speaker="M. Ousmane Tall Ndiongue",
    ),
    Case(
        name="belgium: the speaker is a deputy, the article of the name elided",
        article=page(
            "Intervention prononcée par l’Ambassadeur Thibaut d’Aspremont, Représentant permanent de la Belgique",
            language="fr",
        ),
        country="BEL",
        speaker="l’Ambassadeur Thibaut d’Aspremont",
    ),
    Case(
        name="canada: a delegation's adjective, nobody named",
        article=page(
            "Intervention de la délégation canadienne sur les mesures de confiance",
            header="Publié par le service de presse",
            body="Nous remercions la Suisse et le Sénégal.",
            language="fr",
        ),
        country="CAN",
    ),
    Case(
        name="spain: a speech of the ambassador",
        article=page(
            "Discurso del Embajador Fermín Ochoa de Alda en el debate abierto sobre ciberseguridad",
            site="Representación Permanente de España ante las Naciones Unidas",
            body="Gracias, Señora Presidenta. España se suma a la intervención de la Unión Europea.",
            language="es",
        ),
        country="ESP",
        speaker="Embajador Fermín Ochoa de Alda",
    ),
    Case(
        name="mexico: in charge of the words",
        article=page(
            "Intervención de México en el Grupo de Trabajo de Composición Abierta",
            header="A cargo de la Emb. Citlali Robles Arrieta, Representante Permanente Alterna",
            body="Agradecemos a Colombia y a Francia.",
            language="es",
        ),
        country="MEX",
        speaker="Emb. Citlali Robles Arrieta",
    ),
    Case(
        name="cuba: the delegation, delivered by a secretary",
        article=page(
            "Intervención de la delegación de Cuba. Tema: medidas de fomento de la capacidad",
            header="(Pronunciada por Dayron Quesada Pupo, Tercer Secretario)",
            body="Estados Unidos rechaza. Estados Unidos continuará. Cuba reitera su posición.",
            language="es",
        ),
        country="CUB",
        speaker="Dayron Quesada Pupo",
    ),
    Case(
        name="argentina in the name of the G77",
        article=page(
            "Declaración del Grupo de los 77 y China sobre TIC",
            header="Pronunciada por S.E. la Sra. Lucrecia Bonfante, Representante Permanente de la Argentina",
            language="es",
        ),
        country="ARG",
        speaker="Sra. Lucrecia Bonfante",
        group="G77 and China",
    ),
    Case(
        name="el salvador: nobody named, an author of the page",
        article=page(
            "Declaración de El Salvador – Amenazas existentes y potenciales",
            header="Publicado por Redacción\nAutor: Mauricio Ayala",
            body="Señor Presidente: El Salvador considera que la cooperación es esencial.",
            language="es",
        ),
        country="SLV",
    ),
    Case(
        name="costa rica in capitals without accents",
        article=page(
            "INTERVENCION DE LA REPUBLICA DOMINICANA, EMBAJADOR JOSE LUIS DEL ORBE, REPRESENTANTE ALTERNO",
            language="es",
        ),
        country="DOM",
        speaker="EMBAJADOR JOSE LUIS DEL ORBE",
    ),
    Case(
        name="russia: initials in the genitive",
        article=page(
            "Выступление заместителя Постоянного представителя Российской Федерации при ООН С.К.Вельяминова на "
            "неформальной встрече членов Совета Безопасности ООН по «формуле Аррии»",
            body="Благодарим делегацию США. США считают, что всё дозволено.",
            language="ru",
        ),
        country="RUS",
        speaker="С.К.Вельяминова",
    ),
    Case(
        name="russia: the delegation's representative from the ministry",
        article=page(
            "Заявление представителя российской делегации",
            header="Выступающий: заместитель директора Департамента международной информационной безопасности МИД России "
            "Е.Н. Тарханов",
            body="Господин Председатель, Россия исходит из необходимости договора.",
            language="ru",
        ),
        country="RUS",
        speaker="Е.Н. Тарханов",
    ),
    Case(
        name="kazakhstan: a name and patronymic in the nominative",
        article=page(
            "Заявление делегации Республики Казахстан в Первом комитете",
            header="Докладчик: г-жа Асель Бекова, первый секретарь",
            body="Казахстан поддерживает программу действий.",
            language="ru",
        ),
        country="KAZ",
        speaker="г-жа Асель Бекова",
    ),
    Case(
        name="russian: for the CSTO",
        article=page(
            "Выступление Постоянного представителя Республики Армения М.Г. Саркисяна от имени государств – членов ОДКБ",
            language="ru",
        ),
        country="ARM",
        speaker="М.Г. Саркисяна",
        group="CSTO",
    ),
    Case(
        name="russian: only the chair and the author of the page are named",
        article=page(
            "Выступление делегации Узбекистана в ходе третьего раунда",
            header="Председатель: г-н Ли Чжун\nАвтор: П. Иванов",
            body="Узбекистан придаёт большое значение сотрудничеству. Благодарим Россию.",
            language="ru",
        ),
        country="UZB",
    ),
    Case(
        name="chinese: name between two posts",
        article=page(
            "中国常驻联合国副代表韩子昂大使在安理会打击勒索软件公开会上的发言",
            body="主席先生：\n\n感谢法国。美国散布虚假信息，美方应当停止。中方认为应坚持多边主义。",
            language="zh",
        ),
        country="CHN",
        speaker="韩子昂",
    ),
    Case(
        name="chinese: the delegation for the G77",
        article=page(
            "段清和参赞代表77国集团和中国在信息通信技术开放式工作组的发言",
            site="中国常驻联合国代表团",
            language="zh",
        ),
        country="CHN",
        speaker="段清和",
        group="G77 and China",
    ),
    Case(
        name="chinese: nobody named",
        article=page(
            "中国代表团在联大一委网络安全问题专题辩论中的发言",
            header="2024-10-28 12:00\n来源：常驻团",
            body="主席先生，俄罗斯、美国代表刚才发言。",
            language="zh",
        ),
        country="CHN",
    ),
    Case(
        name="chinese: a labelled foreign name",
        article=page(
            "马来西亚在开放式工作组第十届会议上的发言",
            header="发言人：林嘉慧 公使",
            body="主席先生，马来西亚支持全球联络点名录。",
            language="zh",
        ),
        country="MYS",
        speaker="林嘉慧",
    ),
    Case(
        name="chinese: a name with middle dots",
        article=page("哈萨克斯坦常驻代表阿依古丽·努尔兰在第三委员会的发言", language="zh"),
        country="KAZ",
        speaker="阿依古丽·努尔兰",
    ),
    Case(
        name="arabic: the statement of a state, read by a counsellor",
        article=page(
            "بيان دولة الإمارات العربية المتحدة أمام الفريق العامل المفتوح العضوية",
            header="ألقته السيدة ميثاء سالم الكعبي، سكرتير أول",
            body="السيد الرئيس، نشكر سنغافورة على رئاستها.",
            language="ar",
        ),
        country="ARE",
        speaker="السيدة ميثاء سالم الكعبي",
    ),
    Case(
        name="arabic: honorifics with a slash",
        article=page(
            "كلمة سعادة السفير/ طارق عبد الرحمن البنا المندوب الدائم للمملكة العربية السعودية أمام مجلس الأمن",
            language="ar",
        ),
        country="SAU",
        speaker="سعادة السفير طارق عبد الرحمن البنا",
    ),
    Case(
        name="arabic: for the arab group by Iraq",
        article=page(
            "بيان المجموعة العربية يلقيه وفد جمهورية العراق",
            body="السيد الرئيس، يشرفني أن ألقي هذا البيان باسم المجموعة العربية. ترحب المجموعة بجهود قطر.",
            language="ar",
        ),
        country="IRQ",
        group="Arab Group",
    ),
    Case(
        name="arabic: a vocative is no speaker",
        article=page(
            "بيان سلطنة عُمان حول التهديدات القائمة",
            header="السيد الرئيس\nنشر بواسطة المحرر",
            body="تؤكد سلطنة عمان أهمية التعاون. نشكر الأردن.",
            language="ar",
        ),
        country="OMN",
    ),
    Case(
        name="arabic: a minister between honorifics and name",
        article=page(
            "كلمة معالي السيد وزير الخارجية نبيل حاتم الشافعي أمام الجمعية العامة",
            site="البعثة الدائمة لجمهورية مصر العربية",
            language="ar",
        ),
        country="EGY",
        speaker="نبيل حاتم الشافعي",
    ),
    Case(
        name="arabic first person with a state's name after the verb",
        article=page(
            "البند السادس: القانون الدولي",
            body="يرى المغرب أن القانون الدولي ينطبق. ويؤكد المغرب التزامه. نشكر إسبانيا.",
            language="ar",
        ),
        country="MAR",
    ),
    Case(
        name="holy see",
        article=page(
            "Statement by H.E. Archbishop Gennaro Cavalli, Apostolic Nuncio, Permanent Observer of the Holy See",
        ),
        country="VAT",
        speaker="H.E. Archbishop Gennaro Cavalli",
    ),
    Case(
        name="state of palestine",
        article=page("Statement by the Observer State of Palestine on existing threats", body="Israel rejects this."),
        country="PSE",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_who_speaks(case: Case) -> None:
    found = who(case.article, url=case.url)
    assert (found.country, found.group, found.speaker, found.un_official) == (
        case.country,
        case.group,
        case.speaker,
        case.official,
    ), found.why


def test_the_source_counts_only_where_the_document_is_silent() -> None:
    silent = page("Capacity building", body="Thank you, Chair. Cooperation matters.")
    assert who(silent, country="FJI").country == "FJI"
    assert who(silent, country="FJI").found_by == "source"
    speaking = page("Statement by Tonga on capacity building", body="Thank you, Chair.")
    assert who(speaking, country="FJI").country == "TON"


def test_the_post_is_given_with_the_speaker() -> None:
    found = who(page("Statement by Mr. Aled Prosser, Deputy Head of Delegation of Wakanda, at the First Committee"))
    assert found.role == "Deputy Head of Delegation of Wakanda"
    two_lines = page(
        "Statement by Bhutan", header="Presenter: Ms. Pema Lhamo Tshering\nMs. Pema Lhamo Tshering, Counsellor"
    )
    assert who(two_lines).role == "Counsellor"


def test_the_evidence_is_told_in_words() -> None:
    found = who(page("Statement by Iceland on international law", header="Delivered by Mr. Egill Bragason, Counsellor"))
    assert any("Iceland" in reason for reason in found.why)
    assert any("Egill Bragason" in reason for reason in found.why)


def test_nothing_is_said_of_an_empty_article() -> None:
    found = who(page(""))
    assert (found.country, found.group, found.speaker, found.role, found.un_official) == (None, None, None, None, False)


def test_a_very_long_line_is_read_in_no_time() -> None:
    body = "Statement by the delegation of Chad on behalf of " * 4000
    assert who(page("Statement by " * 5000, header=body, body=body)).speaker is None
