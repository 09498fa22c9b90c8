//! How a JSON object that callers get is described: its fields, their types, where each is known from. Data for documents, types and
//! tests; nothing that the library runs reads it, so nothing of it is linked into the library.

/// An object that callers get.
#[derive(Debug)]
pub struct Object {
    /// Its name in the wrappers' types and in documents, as `UserStatus`.
    pub name: &'static str,
    /// Whole sentences: what it is, and which field it hangs on.
    pub about: &'static str,
    /// The fields, in the order in which they are usually shown. The server's objects may have others.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// As it stands in the JSON.
    pub name: &'static str,
    /// What its value is, if it is not null.
    pub kind: Type,
    /// True if it may be null.
    pub nullable: bool,
    /// True if it may be missing.
    pub optional: bool,
    /// Where it is known from.
    pub source: Source,
    /// For people: meaning and unit, and when it is null or missing.
    pub about: &'static str,
    /// A value as JSON; that of the server's fields is one that the sandbox shows.
    pub example: &'static str,
}

/// What a field's value is.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// A string.
    Text,
    /// A day, as `"2026-01-31"`.
    Date,
    /// A moment in UTC, as `"2026-11-22T14:00:00Z"`.
    Moment,
    /// A moment in Norway, as `"2026-11-22T15:00:00+01:00"`.
    LocalMoment,
    /// The address of an object of the server's; its last part is the object's number.
    Url,
    /// One of some words.
    Word(&'static Words),
    /// A whole number.
    Whole,
    /// A number, perhaps with decimals.
    Number,
    /// `true` or `false`.
    Flag,
    /// Which page of a list: a number, or a query as a string.
    Page,
    /// An object.
    One(&'static Object),
    /// The address of an object, or the object itself.
    UrlOr(&'static Object),
    /// A list.
    List(&'static Type),
    /// An object with any names, whose values are of one type.
    Map(&'static Type),
    /// An object of which nothing is said here.
    Object,
    /// Anything.
    Json,
}

/// Where a field is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The vendor's public documentation says so.
    Documented,
    /// It was seen in the vendor's public client.
    Seen,
    /// It is assumed: the server may lack it, or call it otherwise.
    Assumed,
    /// The library itself makes it.
    Library,
}

impl Source {
    /// The word for it in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Source::Documented => "documented",
            Source::Seen => "seen",
            Source::Assumed => "assumed",
            Source::Library => "library",
        }
    }
}

/// The words that a field can be.
#[derive(Debug)]
pub struct Words {
    /// What they are, as `StatusWord`.
    pub name: &'static str,
    /// A sentence about them.
    pub about: &'static str,
    /// True if there may be others: the server's, and those of later versions.
    pub open: bool,
    /// All of them that are known.
    pub words: &'static [Word],
}

/// A word that a field can be.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// As it stands in the JSON; `{appname}` stands for a scheme's code.
    pub word: &'static str,
    /// Where it is known from.
    pub source: Source,
    /// What it says.
    pub about: &'static str,
}

impl Field {
    /// A field that is always there and never null.
    pub const fn new(name: &'static str, kind: Type, source: Source, about: &'static str, example: &'static str) -> Field {
        Field { name, kind, nullable: false, optional: false, source, about, example }
    }

    /// A field of the library's own, always there and never null.
    pub const fn own(name: &'static str, kind: Type, about: &'static str, example: &'static str) -> Field {
        Field::new(name, kind, Source::Library, about, example)
    }

    /// The same, but it may be null.
    pub const fn or_null(self) -> Field {
        Field { nullable: true, ..self }
    }

    /// The same, but it may be missing.
    pub const fn or_missing(self) -> Field {
        Field { optional: true, ..self }
    }
}

impl Word {
    /// A word that the library itself writes.
    pub const fn own(word: &'static str, about: &'static str) -> Word {
        Word { word, source: Source::Library, about }
    }
}

/// What a reply is. Objects are named as in [`Object::name`]: what a running library holds is the name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// An object.
    One(&'static str),
    /// An object, or null.
    OneOrNull(&'static str),
    /// A list of such objects, as `{"count", "next_page", "results"}`, and `"missing"` where objects are.
    List(&'static str),
    /// Any JSON.
    Any,
}

impl Gives {
    /// The name of the object, or of one in the list.
    pub const fn object(self) -> Option<&'static str> {
        match self {
            Gives::One(name) | Gives::OneOrNull(name) | Gives::List(name) => Some(name),
            Gives::Any => None,
        }
    }

    /// The name of the reply's type, as `UserList`; `None` for any JSON.
    pub fn type_name(self) -> Option<String> {
        match self {
            Gives::List(name) => Some(format!("{name}List")),
            other => other.object().map(str::to_owned),
        }
    }
}
