"""Speeches and reports in six languages, written for the tests: what is said in them is invented."""

from __future__ import annotations

CYBER = {
    "en": (
        "Mr. Chair,\n\nMy delegation thanks you for your guidance and aligns itself with the statement of the African "
        "Group.\n\nCyber operations against hospitals and water works have doubled in our region within two years, and "
        "ransomware has become a business with shareholders. We believe that international law applies to the use of "
        "ICTs by States in full.\n\nMy country proposes that the points of contact directory be exercised twice a year. "
        "A small computer emergency team cannot answer a botnet by itself.\n\nWe call for capacity-building that "
        "outlasts the workshop: malware does not wait for the next funding cycle. I thank you."
    ),
    "fr": (
        "Madame la Présidente,\n\nMa délégation vous remercie et s'associe à la déclaration du Groupe africain.\n\nLes "
        "cyberattaques contre nos hôpitaux et nos réseaux d'eau ont doublé en deux ans, et les rançongiciels sont devenus "
        "une industrie. Nous estimons que le droit international s'applique pleinement au cyberespace.\n\nNous proposons "
        "que le répertoire des points de contact fasse l'objet de deux exercices par an. Une petite équipe ne peut "
        "répondre seule à un logiciel malveillant.\n\nNous appelons à un renforcement des capacités en matière de "
        "cybersécurité qui dure plus longtemps qu'un atelier. Je vous remercie."
    ),
    "es": (
        "Señora Presidenta:\n\nMi delegación le agradece su labor y se adhiere a la declaración del Grupo Africano.\n\n"
        "Los ciberataques contra hospitales y acueductos se han duplicado en dos años y el ransomware se ha vuelto una "
        "industria. Consideramos que el derecho internacional se aplica plenamente al ciberespacio.\n\nProponemos que "
        "el directorio de puntos de contacto se ensaye dos veces al año. Un equipo pequeño no puede responder solo a un "
        "programa malicioso.\n\nHacemos un llamado a una creación de capacidades en ciberseguridad que dure más que un "
        "taller. Muchas gracias."
    ),
    "ru": (
        "Господин Председатель,\n\nНаша делегация благодарит Вас за работу и присоединяется к заявлению Группы африканских "
        "государств.\n\nЧисло кибератак на больницы и водоканалы выросло вдвое за два года, программы-вымогатели стали "
        "целой отраслью. Мы считаем, что международное право применимо к информационному пространству.\n\nПредлагаем "
        "проводить учения по реестру контактных пунктов дважды в год. Небольшая группа реагирования на компьютерные "
        "инциденты не справится одна с вредоносным кодом.\n\nПризываем наращивать потенциал в сфере международной "
        "информационной безопасности. Благодарю за внимание."
    ),
    "zh": (
        "主席先生：\n\n我国代表团感谢你的辛勤工作，赞同非洲集团的发言。\n\n两年来，针对医院和供水设施的网络攻击翻了一番，勒索软件已成产业。"
        "我们认为，国际法完全适用于网络空间，各国应当遵守负责任国家行为规范。\n\n我们建议每年对联络点名录进行两次演练。"
        "小国的应急响应团队无法独自应对恶意软件和黑客团伙，需要邻国伸出援手，也需要更快的信息通报渠道。\n\n"
        "我们呼吁开展持久的网络安全能力建设，不能只停留在一次研修班上，更不能等到下一次事件发生之后才想起来。\n\n谢谢主席先生。"
    ),
    "ar": (
        "السيد الرئيس،\n\nيتقدم وفد بلادي إليكم بالشكر ويؤيد وفد بلادي بيان المجموعة الأفريقية.\n\nلقد تضاعفت الهجمات "
        "السيبرانية على المستشفيات وشبكات المياه خلال عامين، وأصبحت برمجيات الفدية صناعة قائمة. ونرى أن القانون الدولي "
        "ينطبق على الفضاء السيبراني بالكامل.\n\nونقترح إجراء تمرين على دليل نقاط الاتصال مرتين في العام، فالفريق الصغير لا "
        "يستطيع وحده مواجهة البرمجيات الخبيثة.\n\nكما ندعو إلى بناء القدرات في مجال الأمن السيبراني بما يدوم أكثر من ورشة "
        "عمل واحدة، وإلى أن يكون ذلك بطلب من الدول المستفيدة ووفق أولوياتها الوطنية.\n\nشكرا لكم."
    ),
}

OTHER = {
    "en": (
        "Mr. President,\n\nMy delegation thanks the presidency for this debate.\n\nThe women who keep the markets of our "
        "villages open are not at the table where peace is made. We call for their full part in every commission and "
        "every cease-fire.\n\nMy country has raised the share of women in its contingents to one in five. We believe that "
        "this must become the rule for all troop contributors.\n\nThreats now also come by telephone: cyber harassment "
        "drives candidates out of public life.\n\nWe support a fund for local mediators, and we will contribute to it "
        "from next year. Budgets show what statements only promise. I thank you, Mr. President."
    ),
    "fr": (
        "Monsieur le Président,\n\nMa délégation remercie la présidence de ce débat.\n\nLes femmes qui tiennent nos marchés "
        "ne siègent pas à la table où se fait la paix. Nous appelons à leur pleine participation à chaque commission.\n\n"
        "Mon pays a porté à un sur cinq la part des femmes dans ses contingents. Nous estimons que cela doit devenir la "
        "règle pour tous.\n\nLes menaces viennent aussi par téléphone : le cyberharcèlement chasse des candidates.\n\n"
        "Nous soutenons un fonds pour les médiatrices locales et nous y contribuerons dès l'an prochain. Je vous remercie."
    ),
    "es": (
        "Señor Presidente:\n\nMi delegación agradece a la presidencia este debate.\n\nLas mujeres que mantienen abiertos "
        "nuestros mercados no están en la mesa donde se hace la paz. Hacemos un llamado a su plena participación.\n\nMi "
        "país ha elevado a una de cada cinco la proporción de mujeres en sus contingentes. Consideramos que debe ser la "
        "regla para todos.\n\nLas amenazas llegan también por teléfono: el ciberacoso expulsa a las candidatas.\n\n"
        "Apoyamos un fondo para mediadoras locales, al que contribuiremos desde el próximo año. Muchas gracias."
    ),
    "ru": (
        "Госпожа Председатель,\n\nНаша делегация благодарит председательство за организацию этих прений.\n\nЖенщины, на "
        "которых держатся наши рынки, не сидят за столом, где заключают мир. Призываем обеспечить их полное участие.\n\n"
        "Наша страна довела долю женщин в контингентах до одной пятой. Мы считаем, что это должно стать правилом для "
        "всех.\n\nУгрозы приходят и по телефону: кибертравля вытесняет женщин из общественной жизни.\n\nПоддерживаем "
        "создание фонда для местных посредниц и внесём в него взнос со следующего года. Благодарю за внимание."
    ),
    "zh": (
        "主席女士：\n\n我国代表团感谢主席国召开这次辩论会。\n\n支撑乡村集市的妇女，往往不在缔造和平的谈判桌上。"
        "我们呼吁让她们充分参与每一个委员会和每一次停火安排，这不是恩惠，而是权利，也是和平能够持久的条件。\n\n"
        "我国维和分队中妇女比例已经提高到五分之一，我们认为这应当成为所有出兵国的常例，而不是个别国家的善举。\n\n"
        "威胁也来自电话那一端，网络暴力正把女性候选人赶出公共生活。\n\n"
        "我们支持设立地方调解员基金，并将从明年起捐款，希望更多国家加入进来，让承诺变成预算，让预算变成行动。谢谢主席。"
    ),
    "ar": (
        "السيد الرئيس،\n\nيشكر وفد بلادي الرئاسة على عقد هذه المناقشة.\n\nإن النساء اللواتي يدرن أسواق قرانا لا يجلسن إلى "
        "الطاولة التي يصنع عليها السلام. وندعو إلى مشاركتهن الكاملة في كل لجنة وكل وقف لإطلاق النار.\n\nلقد رفعت بلادي نسبة "
        "النساء في وحداتها إلى الخمس، ونرى أن يصبح ذلك قاعدة للجميع.\n\nوتأتي التهديدات أيضا عبر الهاتف، فالتحرش السيبراني "
        "يخرج المرشحات من الحياة العامة.\n\nونؤيد إنشاء صندوق للوسيطات المحليات وسنسهم فيه اعتبارا من العام المقبل، فالموازنات "
        "تظهر ما تكتفي البيانات بالوعد به.\n\nشكرا لكم السيد الرئيس."
    ),
}

NEWS = {
    "en": (
        "NEW YORK (AP) — The Security Council on Thursday held a debate on cyber attacks, with dozens of speakers taking "
        "the floor. The Secretary-General said the pace of attacks was rising. The representative of Kenya said that "
        "ransomware had closed a port. The envoy of Japan told the meeting that rules existed already, and he added that "
        "they must be kept. Delegates said they expected a report within weeks, according to a diplomat who asked not to "
        "be named. The representative of Brazil noted that poorer countries lacked the means to answer cyber incidents. "
        "“We need help,” he said. A vote was not planned, two officials told reporters after the meeting on cybersecurity."
    ),
    "fr": (
        "NEW YORK (AFP) - Le Conseil de sécurité a tenu jeudi un débat sur les cyberattaques. Le Secrétaire général a déclaré "
        "que le rythme des attaques augmentait. Le représentant du Kenya a indiqué qu'un port avait été fermé par un "
        "rançongiciel. La représentante du Japon a souligné que des règles existaient déjà et a ajouté qu'il fallait les "
        "respecter. Selon la délégation coréenne, un résumé sera publié. Le représentant du Brésil a estimé que les pays "
        "pauvres manquaient de moyens. « Nous avons besoin d'aide », a-t-il déclaré. Aucun vote n'était prévu, a indiqué un "
        "diplomate à la presse à l'issue de la séance consacrée à la cybersécurité."
    ),
    "es": (
        "NUEVA YORK (EFE).- El Consejo de Seguridad celebró el jueves un debate sobre ciberataques. El Secretario General "
        "afirmó que el ritmo de los ataques aumenta. El representante de Kenia señaló que un puerto cerró por un programa de "
        "ransomware. La representante del Japón sostuvo que ya existen reglas y añadió que deben cumplirse. Según la "
        "delegación coreana, se publicará un resumen. El representante del Brasil dijo que los países pobres carecen de "
        "medios. «Necesitamos ayuda», declaró. No estaba prevista ninguna votación, indicó un diplomático a los periodistas "
        "al término de la sesión dedicada a la ciberseguridad."
    ),
    "ru": (
        "НЬЮ-ЙОРК, 20 июня. /ТАСС/. Совет Безопасности провёл в четверг обсуждение кибератак. Генеральный секретарь заявил, "
        "что число атак растёт. Представитель Кении сообщил, что из-за вымогателей был закрыт порт. Представитель Японии "
        "отметила, что правила уже есть, и добавила, что их надо соблюдать. По словам корейской делегации, будет издано "
        "резюме. Представитель Бразилии подчеркнул, что бедным странам не хватает средств. «Нам нужна помощь», — сказал он. "
        "Голосование не планировалось, сообщил корреспонденту ТАСС дипломат по окончании заседания по кибербезопасности."
    ),
    "zh": (
        "本网纽约6月20日电　记者 柳青　安理会周四就网络攻击举行公开辩论，数十名发言者先后表示关切。秘书长在会上表示，攻击的节奏正在加快。"
        "肯尼亚代表介绍说，一个港口因勒索软件关闭。日本代表指出规则早已存在，并表示应当遵守。据悉，主席国将发表摘要。"
        "巴西代表对记者说，较贫穷的国家缺少应对网络事件的手段，“我们需要帮助”，他说。一名外交官会后告诉记者，会议没有安排表决。"
        "多国代表表示，期待在年底前看到网络安全议题的进展。据报道，下一次会议时间尚未确定，与会各方将继续磋商。"
    ),
    "ar": (
        "نيويورك (أ ف ب) - عقد مجلس الأمن الخميس مناقشة حول الهجمات السيبرانية. وقال الأمين العام إن وتيرة الهجمات في تصاعد. "
        "وذكر ممثل كينيا أن ميناء أغلق بسبب برمجيات الفدية. وأكدت ممثلة اليابان أن القواعد قائمة وأضافت أنه يجب احترامها. "
        "وبحسب الوفد الكوري سيصدر ملخص. وأشار ممثل البرازيل إلى أن البلدان الفقيرة تفتقر إلى الوسائل. وقال «نحتاج إلى "
        "المساعدة». ولم يكن من المقرر إجراء تصويت، وأوضح دبلوماسي للصحفيين عقب الجلسة المخصصة للأمن السيبراني أن الوفود "
        "ستواصل مشاوراتها، وأضاف أن الموعد لم يحدد بعد."
    ),
}
