//! What a row may say of a person: the names of the fields, and what HR systems call them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The identity number.
    Persnr,
    /// The employer's own id of the person.
    EmployeeAlias,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail address.
    Email,
    /// Mobile number.
    Mobile,
    /// The company, by HR's code.
    Company,
    /// The department, by its name or HR's code.
    Department,
    /// The franchise, by its name.
    Franchise,
    /// What the person is, as `Rådgiver`; schemes may follow from it.
    Position,
    /// The schemes that the person should be a candidate in.
    Schemes,
    /// Roles besides, as `afr_ba`.
    Roles,
    /// The first day.
    StartDate,
    /// The last day, or the first day after it.
    EndDate,
    /// Whether the person works, is on leave, or has left.
    Status,
    /// The row that counts where a person has several.
    Main,
    /// The person is kept out of everything.
    Confidential,
}

impl Field {
    /// Every field, in the order in which documents list them.
    pub const ALL: [Field; 17] = [
        Field::Persnr,
        Field::EmployeeAlias,
        Field::FirstName,
        Field::LastName,
        Field::Email,
        Field::Mobile,
        Field::Company,
        Field::Department,
        Field::Franchise,
        Field::Position,
        Field::Schemes,
        Field::Roles,
        Field::StartDate,
        Field::EndDate,
        Field::Status,
        Field::Main,
        Field::Confidential,
    ];

    /// Its name in profiles, rows and plans.
    pub fn name(self) -> &'static str {
        match self {
            Field::Persnr => "persnr",
            Field::EmployeeAlias => "employee_alias",
            Field::FirstName => "first_name",
            Field::LastName => "last_name",
            Field::Email => "email",
            Field::Mobile => "mobile",
            Field::Company => "company",
            Field::Department => "department",
            Field::Franchise => "franchise",
            Field::Position => "position",
            Field::Schemes => "schemes",
            Field::Roles => "roles",
            Field::StartDate => "start_date",
            Field::EndDate => "end_date",
            Field::Status => "status",
            Field::Main => "main",
            Field::Confidential => "confidential",
        }
    }

    /// The field of this name.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// True for a field of digits, which a spreadsheet takes for a number.
    pub fn is_code(self) -> bool {
        matches!(
            self,
            Field::Persnr | Field::EmployeeAlias | Field::Mobile | Field::Company | Field::Department | Field::Franchise
        )
    }

    /// What Norwegian HR systems call the column, besides the field's own name; case, spaces and signs do not count. `Personnr` is not
    /// among the identity number's: in SAP it is the number of the employee.
    pub fn headers(self) -> &'static [&'static str] {
        match self {
            Field::Persnr => &["fødselsnummer", "fødselsnr", "fodselsnummer", "fodselsnr", "fnr", "personnummer"],
            Field::EmployeeAlias => {
                &["ansattnummer", "ansattnr", "ansattid", "medarbeidernummer", "medarbeidernr", "medarbeiderid", "employeeid"]
            }
            Field::FirstName => &["fornavn", "givenname"],
            Field::LastName => &["etternavn", "surname"],
            Field::Email => &["epost", "epostadresse", "mail", "emailaddress"],
            Field::Mobile => &["mobil", "mobilnummer", "mobilnr", "mobiltelefon", "mobiltlf"],
            Field::Company => &["selskap", "firma", "bedrift"],
            Field::Department => &["avdeling", "avdelingsnavn"],
            Field::Franchise => &["franchisenavn"],
            Field::Position => &["stilling", "stillingstittel", "tittel"],
            Field::Schemes => &["ordninger", "ordning"],
            Field::Roles => &["roller", "rolle"],
            Field::StartDate => &["startdato", "ansattdato", "ansattfra"],
            Field::EndDate => &["sluttdato", "ansatttil", "fratredelsesdato"],
            Field::Status => &["ansettelsesstatus"],
            Field::Main => &["hovedstilling", "hovedarbeidsforhold"],
            Field::Confidential => &["fortrolig", "skjermet", "adressesperre", "adressegradering"],
        }
    }
}

/// As its name.
impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Field, D::Error> {
        let name = String::deserialize(deserializer)?;
        Field::named(&name).ok_or_else(|| serde::de::Error::custom("no field's name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_header_stands_for_two_fields() {
        let mut known: Vec<String> = Vec::new();
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
            known.push(field.name().replace('_', ""));
            known.extend(field.headers().iter().map(|header| (*header).to_owned()));
        }
        let all = known.len();
        known.sort();
        known.dedup();
        assert_eq!(known.len(), all);
    }
}
