"""Mandates, objectives, news and texts of the programme page, in English and French."""

from __future__ import annotations

from datetime import date

from kambila.demo import cast, words
from kambila.demo.plan import Plan, text

# symbol, year, sent, English, French
MANDATES = (
    ("S/RES/2085 (2012)", 2012, date(2013, 1, 9),
     "The first request: mine action staff were deployed in January 2013 for an emergency assessment of "
     "explosive threats.",
     "La première demande : du personnel de lutte antimines a été déployé en janvier 2013 pour une "
     "évaluation d’urgence "
     "des menaces explosives."),
    ("S/RES/2100 (2013)", 2013, date(2013, 5, 2),
     "Mandate for mine action within MINUSMA.", "Mandat de la lutte antimines au sein de la MINUSMA."),
    ("S/RES/2164 (2014)", 2014, date(2014, 7, 1),
     "The mandate in force in July 2014.", "Le mandat en vigueur en juillet 2014."),
)  # fmt: skip
# English title, French title, English text, French text, figures
OBJECTIVES = (
    ("Capacity of national authorities", "Capacités des autorités nationales",
     "Malian forces learn to recognise explosive danger, to dispose of ordnance and to manage ammunition "
     "safely; EOD level 1 "
     "was last taught by CPADD in Benin. The national commission against small arms proliferation is advised on "
     "coordinating mine action and on the obligations of regional and international treaties.",
     "Les forces maliennes apprennent à reconnaître le danger explosif, à neutraliser les engins et à "
     "gérer les munitions en "
     "sécurité ; le niveau 1 NEDEX a été enseigné la dernière fois par le CPADD au Bénin. La commission "
     "nationale de lutte "
     "contre la prolifération des armes légères est conseillée pour coordonner la lutte antimines et tenir les "
     "engagements des traités régionaux et internationaux.",
     "mdsf-awareness mdsf-eod mdsf-ammunition capacity-support"),
    ("Weapons and ammunition", "Armes et munitions",
     "Stockpiles and the way they are stored are assessed; each site gets the measures that reduce a "
     "threat at once and the "
     "repairs it needs. Obsolete stocks are demolished: 85 SA-3 missiles, finished in June 2014.",
     "Les stocks et leur entreposage sont évalués ; chaque site reçoit les mesures qui réduisent tout de "
     "suite une menace et "
     "les réparations nécessaires. Les stocks obsolètes sont détruits : 85 missiles SA-3, jusqu’en juin 2014.",
     "missiles-destroyed sites-assessed threat-reduction-measures refurbishment-done weapons-handed-in"),
    ("Explosive threats to the mission", "Menaces explosives contre la mission",
     "Uniformed personnel are made aware of the danger, and UN staff at the request of UNDSS (SSAFE). "
     "Since May 2014, EOD "
     "and IED-disposal companies receive special training, help and equipment. Specialists look at "
     "weapons and ammunition "
     "that are handed in, and roads are kept open.",
     "Le personnel en uniforme est sensibilisé au danger, et le personnel de l’ONU à la demande d’UNDSS "
     "(SSAFE). Depuis mai "
     "2014, des compagnies NEDEX et de lutte contre les EEI reçoivent formation, appui et matériel. Des spécialistes "
     "examinent les armes et munitions remises, et les routes restent praticables.",
     "un-uniformed-awareness un-staff-awareness awareness-total ied-casualties"),
    ("Humanitarian mine action", "Lutte antimines humanitaire",
     "All partners are coordinated. Operators are sent to the most urgent areas that can be reached, to "
     "survey, mark and "
     "clear them. People learn how to stay safe, and victims are assisted. Quality officers in every field office see "
     "that work follows the international standards.",
     "Tous les partenaires sont coordonnés. Des opérateurs sont envoyés dans les zones les plus urgentes "
     "et accessibles, "
     "pour les enquêter, les baliser et les dépolluer. La population apprend à se protéger et les "
     "victimes sont assistées. "
     "Dans chaque bureau, des responsables de la qualité veillent au respect des normes internationales.",
     "villages-surveyed uxo-destroyed saa-destroyed education-reached erw-civilian-casualties"),
    ("Publication", "Publication",
     "A page in English and French says what the programme does and what it has achieved, with the day to "
     "which each figure "
     "belongs.",
     "Une page en français et en anglais dit ce que fait le programme et ce qu’il a obtenu, avec la date "
     "de chaque chiffre.",
     "press-releases"),
)  # fmt: skip
# kind, day, English title, French title, English text, French text
NEWS = (
    ("news", date(2013, 5, 22), "Japan renews its support to humanitarian mine action",
     "Le Japon renouvelle son soutien à la lutte antimines humanitaire",
     "On 22 May 2013 Japan renewed its support to humanitarian mine action in Mali.",
     "Le 22 mai 2013, le Japon a renouvelé son soutien à la lutte antimines humanitaire au Mali."),
    ("news", date(2014, 4, 4), "Demining demonstration at Kambila", "Démonstration de déminage à Kambila",
     "On the International Day for Mine Awareness, 4 April 2014, teams showed at Kambila how they search and clear.",
     "Pour la Journée internationale de la sensibilisation aux mines, le 4 avril 2014, des équipes ont "
     "montré à Kambila "
     "comment elles cherchent et dépolluent."),
    ("press_release", date(2014, 6, 6), "Demolition of 85 obsolete missiles finished",
     "La destruction de 85 missiles obsolètes est terminée",
     "The demolition of 85 obsolete SA-3 missiles was finished on 6 June 2014.",
     "La destruction de 85 missiles SA-3 obsolètes s’est terminée le 6 juin 2014."),
)  # fmt: skip


def texts(plan: Plan) -> None:
    """Everything that the page says in words."""
    opening = date(2013, 1, 9)
    for number, (symbol, year, sent, english, french) in enumerate(MANDATES, 1):
        answers = {"code": f"EX-MAN-{number:02}", "symbol": symbol, "year": year, "role_en": english, "role_fr": french}
        plan.send("mandate", answers, sent, cast.HQ, sent=sent)
    for number, (title_en, title_fr, text_en, text_fr, figures) in enumerate(OBJECTIVES, 1):
        answers = {
            "code": f"EX-OBJ-{number:02}", "position": number, "title_en": title_en, "title_fr": title_fr,
            "text_en": text_en, "text_fr": text_fr, "figures": figures,
        }  # fmt: skip
        plan.send("objective", answers, opening, cast.HQ, sent=date(2014, 6, 3))
    for number, (kind, day, title_en, title_fr, text_en, text_fr) in enumerate(NEWS, 1):
        answers = {
            "code": f"EX-NEW-{number:02}", "news_kind": kind, "date": text(day), "title_en": title_en,
            "title_fr": title_fr, "text_en": text_en, "text_fr": text_fr,
        }  # fmt: skip
        plan.send("news_item", answers, day, cast.HQ, sent=day)
    for place, position, (key, english, french) in (
        *(("context", number, each) for number, each in enumerate(words.CONTEXT, 1)),
        ("about", 3, words.ABOUT),
        ("title", 4, words.TITLE),
    ):
        answers = {
            "code": f"EX-TXT-{position:02}", "key": key, "text_place": place, "position": position,
            "text_en": english, "text_fr": french,
        }  # fmt: skip
        plan.send("programme_text", answers, opening, cast.HQ, sent=date(2014, 6, 3))
