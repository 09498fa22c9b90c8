//! Names for people, companies and places, of which no combination is meant to be anybody's.

pub(crate) const FIRST: &[&str] = &[
    "Åse",
    "Øyvind",
    "Kåre",
    "Bjørg",
    "Håkon",
    "Sølvi",
    "Pål",
    "Gøril",
    "Tæve",
    "Ingebjørg",
    "Torbjørn",
    "Åshild",
    "Jørgen",
    "Märtha",
    "Søren",
    "Ragnhild",
    "Eirik",
    "Solveig",
    "Trond",
    "Unni",
    "Leif",
    "Gunnhild",
    "Odd",
    "Turid",
    "Vegard",
    "Astrid",
    "Rune",
    "Máret",
    "Niillas",
    "Anne Grethe",
    "Per-Åge",
    "Sigrid",
];

pub(crate) const LAST: &[&str] = &[
    "Prøvestad",
    "Ærlandsen",
    "Øksnevad",
    "Åkermoen",
    "Sandkassen",
    "Bøygard",
    "Testås",
    "Fjellværøy",
    "Kråkenes",
    "Sjøholt",
    "Nærbølien",
    "Hågensli",
    "Grønnesby",
    "Lærdalsvik",
    "Ødegårdshaug",
    "Vågsnesset",
    "Skjærholmen",
    "Børsmo",
    "D'Åsen",
    "Myhre-Tværå",
    "Strømsøya",
    "Kjølbakken",
    "Rødsjø",
    "Blåfjelldal",
];

pub(crate) const COMPANY: &[&str] = &[
    "Sandkassen Sparebank",
    "Prøvebanken Øst",
    "Fjord & Fjell Forsikring",
    "Ærlig Kreditt",
    "Åpen Pensjon",
    "Bø Finans",
    "Tøyen Testbank",
    "Nordlysets Liv",
];

pub(crate) const DEPARTMENT: &[&str] =
    &["Rådgivning Øst", "Kundesenter Tromsø", "Bedrift Ålesund", "Privat Bodø", "Skade Sørlandet", "Formue Bærum"];

pub(crate) const FRANCHISE: &[&str] = &["Bjørnøya", "Årdal", "Sæbø", "Nærøy", "Hå", "Røros"];

pub(crate) const EXAM: &[&str] = &[
    "Sparing og investering, kunnskapsprøve",
    "Kreditt, praktisk prøve",
    "Skadeforsikring, kunnskapsprøve",
    "Personforsikring, etikkprøve",
    "Årlig oppdatering: bærekraft",
];
