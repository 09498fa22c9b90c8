//! HTML that is escaped by its type: whatever `html!` is given is text, unless it is `Html` already.

use crate::reply::Reply;
use std::borrow::Cow;

pub(crate) struct Html(String);

impl Html {
    pub(crate) fn none() -> Self {
        Self(String::new())
    }

    /// Trusted: for the macro.
    pub(crate) fn made(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<T: IntoIterator<Item = Html>>(parts: T) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

/// A value as it may stand in HTML, between tags and in quoted attributes.
pub(crate) trait Show {
    fn show(&self) -> Cow<'_, str>;
}

impl Show for Html {
    fn show(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

impl Show for str {
    fn show(&self) -> Cow<'_, str> {
        if !self.contains(['&', '<', '>', '"', '\'']) {
            return Cow::Borrowed(self);
        }
        let mut escaped = String::with_capacity(self.len() + 16);
        for letter in self.chars() {
            match letter {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                letter => escaped.push(letter),
            }
        }
        Cow::Owned(escaped)
    }
}

impl Show for String {
    fn show(&self) -> Cow<'_, str> {
        self.as_str().show()
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self) -> Cow<'_, str> {
        (**self).show()
    }
}

macro_rules! show_numbers {
    ($($number:ty),*) => { $(impl Show for $number {
        fn show(&self) -> Cow<'_, str> {
            Cow::Owned(self.to_string())
        }
    })* };
}

show_numbers!(u16, u32, u64, usize, i64);

/// `html!("<b>{}</b>", text)`: as `format!`, with every value escaped.
macro_rules! html {
    ($text:literal $(, $value:expr)* $(,)?) => {
        $crate::html::Html::made(format!($text $(, $crate::html::Show::show(&$value))*))
    };
}
pub(crate) use html;

/// A whole page. Nothing is loaded from elsewhere, and no script runs but the sandbox's own file.
pub(crate) fn page(status: u16, title: &str, body: &Html) -> Reply {
    let page = html!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/sandbox/page.css\">\n</head>\n<body>\n{}\n</body>\n</html>\n",
        title,
        body,
    );
    Reply::bytes(status, "text/html; charset=utf-8", page.0.into())
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        )
        .with("Referrer-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "no-store")
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_is_escaped_once_and_html_not_again() {
        let inner = html!("<i title='{}'>{}</i>", "\"'", "<&>");
        let outer = html!("<p>{}{}</p>", inner, 3_u64);
        assert_eq!(outer.0, "<p><i title='&quot;&#39;'>&lt;&amp;&gt;</i>3</p>");
    }
}
