"""Who answers for what in the city of the story: the executive committee's departments, district committees and enterprises."""

# Names are those of Kryvyi Rih or like them; persons, numbers and cases are invented. A code is the node's name.
DEPARTMENTS = {
    "ksv": "Керуюча справами виконкому",
    "ubzhp": "Управління благоустрою та житлової політики",
    "inb": "Інспекція з благоустрою",
    "drim": "Департамент розвитку інфраструктури міста",
    "utt": "Управління транспорту та телекомунікацій",
    "dsp": "Департамент соціальної політики",
    "uoz": "Управління охорони здоров'я",
    "don": "Департамент освіти і науки",
    "ue": "Управління екології",
    "dmz": "Департамент містобудування та земельних відносин",
    "ukb": "Управління капітального будівництва",
    "ukt": "Управління культури",
    "dsm": "Департамент у справах сім'ї, молоді та спорту",
    "unszn": "Управління з питань надзвичайних ситуацій",
    "rvk-ter": "Виконком Тернівської районної ради",
    "rvk-pok": "Виконком Покровської районної ради",
    "rvk-sak": "Виконком Саксаганської районної ради",
    "rvk-dov": "Виконком Довгинцівської районної ради",
    "rvk-met": "Виконком Металургійної районної ради",
    "rvk-cen": "Виконком Центрально-Міської районної ради",
    "rvk-ing": "Виконком Інгулецької районної ради",
    "kvk": "КП «Кривбасводоканал»",
    "ktc": "АТ «Криворізька теплоцентраль»",
    "ktm": "КПТМ «Криворіжтепломережа»",
    "est": "Екоспецтранс",
    "cpt": "КП «Центр поводження з тваринами»",
    "mtr": "КП «Міський тролейбус»",
    "swt": "КП «Швидкісний трамвай»",
}

MINE = "ubzhp"  # Works without a network; its row is spoilt; its line goes through a relay.
OTHERS = ("drim", "kvk")  # Get what is taken from it.
WORKERS = ("utt", "est", "drim")  # Work while nodes fall.
ASIDE = "inb"  # Stays without a connection at the end.

HEADS = ("Савчук Олена Петрівна", "Мороз Ігор Васильович", "Лисенко Тетяна Юріївна", "Гончар Павло Олегович")
EXECUTORS = ("Бойко Марина Ігорівна", "Козак Андрій Степанович", "Руденко Юлія Миколаївна", "Панченко Денис Вікторович")


def people():
    """Login, department, name and roles of everybody who works in the city."""
    yield "koval", "urz", "Коваль Віра Іванівна", ["registrar"]
    yield "vilkul", "urz", "Вілкул Олег Юрійович", ["leader"]
    for place, node in enumerate(sorted(DEPARTMENTS)):
        yield f"head-{node}", node, HEADS[place % len(HEADS)], ["head"]
        yield f"exec-{node}", node, EXECUTORS[place * 3 % len(EXECUTORS)], ["executor"]
