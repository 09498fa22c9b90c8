//! Links in the repository's Markdown: each that leads to a file, or to a heading, leads somewhere. Links to other sites are not
//! followed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// What a page has: the anchors of its headings, and where its links lead, as they are written.
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

impl Page {
    fn read(text: &str) -> Page {
        let mut page = Page { anchors: BTreeSet::new(), links: Vec::new() };
        let mut heading: Option<String> = None;
        for event in Parser::new(text) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(words) | Event::Code(words) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                }
                Event::End(TagEnd::Heading(_)) => page.add_anchor(&heading.take().unwrap_or_default()),
                _ => {}
            }
        }
        page
    }

    /// As GitHub names headings: lower case, spaces become dashes, punctuation goes, the second of one name is numbered.
    fn add_anchor(&mut self, heading: &str) {
        let name: String = heading
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let mut anchor = name.clone();
        let mut number = 0;
        while !self.anchors.insert(anchor) {
            number += 1;
            anchor = format!("{name}-{number}");
        }
    }
}

/// The Markdown files below a folder. What is built, and what tools keep in hidden folders, is left out.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                pages(&path, found);
            }
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
}

/// Each link of a page that leads nowhere.
fn dead_links(page: &Path) -> Vec<String> {
    let here = Page::read(&fs::read_to_string(page).unwrap());
    let leads = |link: &str| {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = if file.is_empty() { page.to_path_buf() } else { page.parent().unwrap().join(file) };
        let there = target.exists();
        if anchor.is_empty() || target.extension().is_none_or(|end| end != "md") {
            return there;
        }
        there && Page::read(&fs::read_to_string(&target).unwrap()).anchors.contains(anchor)
    };
    let other_site = |link: &str| link.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '.']));
    here.links
        .iter()
        .filter(|link| !other_site(link) && !leads(link))
        .map(|link| format!("{}: {link}", page.display()))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut found = Vec::new();
    pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut found);
    assert!(found.iter().any(|page| page.ends_with("bindings/python/README.md")), "{found:?}");
    let dead: Vec<String> = found.iter().flat_map(|page| dead_links(page)).collect();
    assert!(dead.is_empty(), "these lead nowhere:\n{}", dead.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.md");
    fs::create_dir(folder.path().join("docs")).unwrap();
    fs::write(folder.path().join("docs/other.md"), "# What `call` takes: 1, 2\n").unwrap();
    let text = "# Here\n# Here\n[a](docs/other.md) [b](docs/other.md#what-call-takes-1-2) [c](#here-1) [d](https://finaut.no/x)\n\
                [e](mailto:x@example.no) [f](docs) ![g][h]\n\n[h]: docs/none.png\n\n```\n[i](none.md)\n```\n\n\
                [j](none.md) [k](docs/other.md#no) [l](#here-2)\n";
    fs::write(&page, text).unwrap();
    let dead: Vec<String> = dead_links(&page).iter().map(|line| line.rsplit(": ").next().unwrap().to_string()).collect();
    assert_eq!(dead, ["docs/none.png", "none.md", "docs/other.md#no", "#here-2"]);
}
