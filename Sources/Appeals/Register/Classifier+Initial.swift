extension Classifier {
    /// The classifier every node starts with.
    ///
    /// The headings' codes and the order of social statuses are from memory (DESIGN.md "Classifier"); 7.21 is ours, until
    /// the wording of the later amendments has been checked.
    public static let initial = Classifier(
        version: "2026-1",
        headings: initialHeadings,
        categories: initialCategories,
        socialStatuses: initialSocialStatuses
    )

    private static let initialHeadings = [
        ClassifierEntry("010", uk: "Промислова політика", en: "Industrial policy"),
        ClassifierEntry("020", uk: "Аграрна політика і земельні відносини", en: "Agrarian policy and land"),
        ClassifierEntry("030", uk: "Транспорт і зв'язок", en: "Transport and communications"),
        ClassifierEntry(
            "040",
            uk: "Економічна, цінова, інвестиційна, зовнішньоекономічна, регіональна політика та "
                + "будівництво, підприємництво",
            en: "Economy, prices, investment, construction, enterprise"
        ),
        ClassifierEntry("050", uk: "Фінансова, податкова, митна політика", en: "Finance, taxes, customs"),
        ClassifierEntry("060", uk: "Соціальний захист", en: "Social protection"),
        ClassifierEntry("070", uk: "Праця і заробітна плата", en: "Labour and wages"),
        ClassifierEntry("080", uk: "Охорона здоров'я", en: "Health care"),
        ClassifierEntry("090", uk: "Комунальне господарство", en: "Municipal utilities"),
        ClassifierEntry("100", uk: "Житлова політика", en: "Housing"),
        ClassifierEntry("110", uk: "Екологія та природні ресурси", en: "Ecology and natural resources"),
        ClassifierEntry(
            "120",
            uk: "Забезпечення дотримання законності та охорони правопорядку, реалізація прав і свобод громадян",
            en: "Legality, public order, rights and freedoms of citizens"
        ),
        ClassifierEntry(
            "130",
            uk: "Сімейна та гендерна політика, діти, молодь, фізична культура і спорт",
            en: "Family, children, youth, sport"
        ),
        ClassifierEntry("140", uk: "Культура та культурна спадщина, туризм", en: "Culture, heritage, tourism"),
        ClassifierEntry(
            "150",
            uk: "Освіта, наукова, науково-технічна, інноваційна діяльність та інтелектуальна власність",
            en: "Education, science, innovation, intellectual property"
        ),
        ClassifierEntry(
            "160",
            uk: "Інформаційна політика, діяльність засобів масової інформації",
            en: "Information policy, media"
        ),
        ClassifierEntry(
            "170",
            uk: "Діяльність об'єднань громадян, релігія та міжконфесійні відносини",
            en: "Associations of citizens, religion"
        ),
        ClassifierEntry(
            "180",
            uk: "Діяльність Верховної Ради України, Президента України та Кабінету Міністрів України",
            en: "Parliament, President, Cabinet of Ministers"
        ),
        ClassifierEntry("190", uk: "Діяльність центральних органів виконавчої влади", en: "Central executive bodies"),
        ClassifierEntry("200", uk: "Діяльність місцевих органів виконавчої влади", en: "Local executive bodies"),
        ClassifierEntry("210", uk: "Діяльність органів місцевого самоврядування", en: "Local self-government bodies"),
        ClassifierEntry(
            "220",
            uk: "Обороноздатність, суверенітет, міжнародні відносини",
            en: "Defence, sovereignty, international relations"
        ),
        ClassifierEntry(
            "230",
            uk: "Державне будівництво, адміністративно-територіальний устрій",
            en: "State building, administrative division"
        ),
        ClassifierEntry("240", uk: "Інше", en: "Other"),
    ]

    private static let initialCategories = [
        ClassifierEntry("7.1", uk: "Учасник війни", en: "War participant"),
        ClassifierEntry("7.2", uk: "Дитина війни", en: "Child of war"),
        ClassifierEntry(
            "7.3",
            uk: "Особа з інвалідністю внаслідок Другої світової війни",
            en: "Person disabled by the Second JudgeLookups War"
        ),
        ClassifierEntry("7.4", uk: "Особа з інвалідністю внаслідок війни", en: "Person disabled by war"),
        ClassifierEntry("7.5", uk: "Учасник бойових дій", en: "Combatant"),
        ClassifierEntry("7.6", uk: "Ветеран праці", en: "Labour veteran"),
        ClassifierEntry("7.7", uk: "Особа з інвалідністю I групи", en: "Person with disability, group I"),
        ClassifierEntry("7.8", uk: "Особа з інвалідністю II групи", en: "Person with disability, group II"),
        ClassifierEntry("7.9", uk: "Особа з інвалідністю III групи", en: "Person with disability, group III"),
        ClassifierEntry("7.10", uk: "Дитина з інвалідністю", en: "Child with disability"),
        ClassifierEntry("7.11", uk: "Одинока мати", en: "Single mother"),
        ClassifierEntry("7.12", uk: "Мати-героїня", en: "Mother heroine"),
        ClassifierEntry("7.13", uk: "Багатодітна сім'я", en: "Large family"),
        ClassifierEntry(
            "7.14",
            uk: "Особа, що потерпіла від Чорнобильської катастрофи",
            en: "Victim of the Chornobyl disaster"
        ),
        ClassifierEntry(
            "7.15",
            uk: "Учасник ліквідації наслідків аварії на Чорнобильській АЕС",
            en: "Liquidator of the Chornobyl accident"
        ),
        ClassifierEntry("7.16", uk: "Герой України", en: "Hero of Ukraine"),
        ClassifierEntry("7.17", uk: "Герой Радянського Союзу", en: "Hero of the Soviet Union"),
        ClassifierEntry("7.18", uk: "Герой Соціалістичної Праці", en: "Hero of Socialist Labour"),
        ClassifierEntry("7.19", uk: "Дитина", en: "Child"),
        ClassifierEntry("7.20", uk: "Інші категорії", en: "Other categories"),
        ClassifierEntry("7.21", uk: "Внутрішньо переміщена особа", en: "Internally displaced person"),
    ]

    private static let initialSocialStatuses = [
        ClassifierEntry("8.1", uk: "Пенсіонер", en: "Pensioner"),
        ClassifierEntry("8.2", uk: "Робітник", en: "Worker"),
        ClassifierEntry("8.3", uk: "Селянин", en: "Farmer"),
        ClassifierEntry("8.4", uk: "Працівник бюджетної сфери", en: "Public-sector employee"),
        ClassifierEntry("8.5", uk: "Державний службовець", en: "Civil servant"),
        ClassifierEntry("8.6", uk: "Військовослужбовець", en: "Member of the armed forces"),
        ClassifierEntry("8.7", uk: "Підприємець", en: "Entrepreneur"),
        ClassifierEntry("8.8", uk: "Безробітний", en: "Unemployed"),
        ClassifierEntry("8.9", uk: "Учень, студент", en: "Pupil, student"),
        ClassifierEntry("8.10", uk: "Служитель релігійної організації", en: "Minister of religion"),
        ClassifierEntry(
            "8.11",
            uk: "Особа, що позбавлена волі; особа, воля якої обмежена",
            en: "Person deprived of or restricted in liberty"
        ),
        ClassifierEntry("8.12", uk: "Журналіст", en: "Journalist"),
        ClassifierEntry("8.13", uk: "Інші", en: "Others"),
    ]
}
