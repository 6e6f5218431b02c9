"""Sentences and lists that the invented reports are filled with."""

from __future__ import annotations

BLOCKAGES = ("roads", "water", "agriculture", "infrastructure", "housing", "non_agriculture", "safety")
TERRAINS = ("sand", "plain", "rock", "wadi", "river", "road", "built", "military")
AREA_NAMES = (
    "ancien poste", "champ au nord", "abords du puits", "piste de l’est", "carrière", "bois derrière l’école",
    "rive du fleuve", "ancien camp", "pâturage du sud", "croisement",
)  # fmt: skip
SURVEY_REMARKS = (
    "Les habitants évitent le nord du village depuis les combats.",
    "Le chef du village demande une séance pour les bergers.",
    "Des enfants ramassent de la ferraille près de l’ancien poste.",
    "Aucun accident connu ; les champs sont cultivés.",
    "Rien à signaler ; population de retour depuis mars.",
)
CONFIRMED = "Deux témoins montrent un engin non explosé visible depuis le bord ; le reste du terrain n’est pas utilisé."
CANCELLED = "Le terrain est cultivé depuis deux saisons, aucun engin n’a été vu ; les trois informateurs sont d’accord."
RESIDUAL_RISK = "Au-delà de 20 cm, ou hors du périmètre, un engin peut rester. En trouver un : ne pas toucher, appeler."
RESTRICTIONS = "Ne pas creuser à plus de 20 cm sans en parler au bureau."
SCOPES = {
    "battle_area": "Nettoyer la zone, détruire sur place, rendre compte chaque semaine.",
    "clearance": "Nettoyer la zone jusqu’à 20 cm, détruire sur place, rendre compte chaque semaine.",
    "non_technical_survey": "Interroger les habitants, visiter les abords, dire ce qui reste dangereux.",
}
EVACUATION = (
    "Premiers soins par l’infirmier de l’équipe, puis ambulance de l’équipe jusqu’au centre de santé de {village} "
    "(10 minutes au plus) et à l’hôpital de {town} (niveau 2). Appel sur le canal 3 à la permanence du bureau {office}. "
    "Un hélicoptère se pose au point de référence, que l’équipe marque à la fumée."
)
CONDITIONS = (
    "Travail de jour seulement. Chaque chef d’équipe a le certificat NEDEX du niveau de sa tâche. "
    "Tout accident est déclaré au bureau le plus proche dans l’heure."
)
STEPS = {
    "prioritised": "La zone est près de champs qui attendent les pluies.",
    "cancelled": "Le propriétaire a vendu le terrain ; personne ne s’y rend plus, la zone reste balisée.",
    "issued": "L’ordre est relu et signé.",
    "accepted": "L’opérateur accepte l’ordre ; l’équipe est prête.",
    "started": "L’équipe est sur place et a commencé.",
    "resumed": "La raison de l’arrêt est levée ; le travail reprend.",
    "completed": "Le rapport d’achèvement est complet.",
    "cleared_again": "Une cible est restée dans l’échantillon : le lot est dépollué de nouveau.",
    "checked": "Le contrôle de qualité est réussi.",
    "handed_over": "La communauté et l’opérateur ont signé.",
    "closed": "Le dossier est complet et archivé.",
}
SUSPENDED = {
    "security": "Attaque sur la route la veille ; l’équipe est revenue au bureau.",
    "access": "Le marigot est en crue et la piste coupée.",
    "weather": "Vents de sable : on ne voit pas les piquets.",
    "funds": "La tranche de la contribution n’est pas encore arrivée.",
    "equipment": "Deux détecteurs sont en réparation.",
    "quality": "Arrêt après la visite de qualité du 17 juin : non-conformité critique.",
}
SEEN = "Vu avec l’équipe : c’est exact."
CORRECTED = {
    "agreed": "L’action et le délai sont convenus avec l’opérateur.",
    "corrected": "L’opérateur dit avoir corrigé ; preuves jointes au dossier.",
    "verified": "Vu sur place : c’est corrigé.",
    "escalated": "Rien n’a été fait ; le responsable du programme est saisi.",
}
MISSED = ("missed", "major", "Une cible d’essai est restée dans l’échantillon.", "Dépolluer le lot de nouveau.")
STANDARD = "IMAS 09.10, procédures de l’opérateur"
CALLS = (
    "Un obus est apparu après la pluie.", "Des enfants ont trouvé une grenade près de l’école.",
    "Munitions abandonnées dans une maison.", "Un berger a vu une roquette dans le lit du marigot.",
    "Une caisse de cartouches sous un abri.", "Un engin dépasse du sable au bord de la piste.",
)  # fmt: skip
CIRCUMSTANCES = (
    "L’objet a été ramassé dans un champ et a explosé en le frappant.",
    "Des enfants gardaient les chèvres et ont joué avec l’objet.",
    "Il démontait l’engin pour la ferraille.",
    "La charrette est passée sur l’engin, sur la piste du marché.",
    "Le feu allumé pour préparer le champ a atteint un engin enterré.",
)
ATTACKS = (
    "Le deuxième véhicule du convoi a été touché sur la piste.",
    "Une patrouille à pied a déclenché l’engin près du pont.",
    "L’engin a explosé au passage d’un camion de commerce.",
    "Un véhicule chargé d’explosifs a visé l’entrée du camp.",
)
MEN = ("Amadou", "Boubacar", "Issa", "Lamine", "Oumar", "Sidi", "Youssouf", "Ibrahim", "Hama", "Alhousseini")
WOMEN = ("Aminata", "Binta", "Djénéba", "Fati", "Kadiatou", "Mariam", "Oumou", "Rokia", "Tata", "Zahra")
FAMILIES = ("Lanbéré", "Sorobali", "Ag Tinwelan", "Kandélo", "Mahalmoudou", "Tolassi", "Wédraba", "Dicko-Salé")
NON_CONFORMITIES = (
    ("documents", "minor", "Les journaux de travail de deux jours manquent.", "Compléter et montrer les journaux."),
    ("marking", "major", "Le balisage d’un côté de la zone est tombé.", "Rebaliser avant de reprendre le travail."),
    ("medical", "major", "La trousse n’est pas complète.", "Compléter la trousse ; contrôle chaque matin."),
    ("staff", "minor", "Le recyclage d’un démineur est échu.", "Recycler avant la fin du mois."),
    ("equipment", "minor", "Un détecteur n’a pas été vérifié le matin.", "Vérifier et noter chaque matin."),
    ("procedure", "observation", "La distance entre démineurs varie.", "Rappeler la procédure."),
    ("safety", "critical", "Un visiteur se trouvait dans la zone sans protection.", "Suspendre, revoir l’accès."),
)  # fmt: skip
FINDINGS = {
    "management": "Personne n’est chargé de la sécurité des munitions.",
    "licence": "Le dépôt n’a pas de licence.",
    "stacking": "Les piles touchent les murs et dépassent deux mètres.",
    "compatibility": "Des détonateurs sont gardés avec des obus.",
    "distances": "Des habitations se trouvent à l’intérieur de la distance de sécurité.",
    "fire": "Il n’y a ni extincteur ni pare-feu.",
    "lightning": "La protection contre la foudre manque.",
    "vegetation": "L’herbe sèche entoure les magasins.",
    "security": "La clôture est ouverte en trois endroits.",
    "inventory": "Le registre ne correspond pas aux piles.",
}
CONTEXT = (
    ("threat",
     "Explosive remnants of war, improvised explosive devices and landmines threaten people in the centre and the north "
     "of Mali. They keep refugees and displaced people from going home, and families from their fields and herds. They "
     "close roads, and hold up the deployment of forces and the authority of the state.",
     "Les restes explosifs de guerre, les engins explosifs improvisés et les mines menacent la population du centre et "
     "du nord du Mali. Ils empêchent réfugiés et déplacés de rentrer, et des familles de travailler aux champs ou avec "
     "leurs troupeaux. Ils ferment des routes et freinent le déploiement des forces et l’autorité de l’État."),
    ("beginning",
     "Mine action staff came to Mali in January 2013, when the Department of Peacekeeping Operations asked for an "
     "emergency assessment of explosive threats. Today the programme serves MINUSMA from its headquarters in Bamako and "
     "from field offices in Sévaré, Timbuktu, Gao and Kidal.",
     "Le personnel de lutte antimines est arrivé au Mali en janvier 2013, quand le Département des opérations de maintien "
     "de la paix a demandé une évaluation d’urgence des menaces explosives. Aujourd’hui, le programme sert la MINUSMA "
     "depuis son siège de Bamako et ses bureaux de Sévaré, Tombouctou, Gao et Kidal."),
)  # fmt: skip
ABOUT = (
    "example",
    "This is an example: the totals are those published in July 2014; the individual reports behind them are invented "
    "for demonstration.",
    "Ceci est un exemple : les totaux sont ceux publiés en juillet 2014 ; les rapports individuels qui les portent sont "
    "inventés pour la démonstration.",
)
TITLE = ("title", "Mine action programme in Mali", "Programme de lutte antimines au Mali")
