//! The modules of the workspace's crates, and what each path in their files leads to. Knows no rule.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};

/// The folders that are read, the crate's name in other crates, and whether the folder must be there.
const CRATES: &[(&str, &str, bool)] = &[
    ("core/src", "finaut_core", true),
    ("src", "finaut", true),
    ("sandbox/src", "finaut_sandbox", true),
    ("cli/src", "finaut_cli", false),
    ("xtask/src", "xtask", false),
];

pub type FileId = usize;
type ModuleId = usize;

/// Something forbidden, at its place.
#[derive(Clone)]
pub struct Finding {
    /// Path of the file below the workspace, with `/`.
    pub file: String,
    pub line: usize,
    /// What stands there.
    pub what: String,
    pub why: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.what, self.why)
    }
}

/// A place in one file that names another file, or what is in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: FileId,
    pub line: usize,
    /// As it is written.
    pub path: String,
    pub to: FileId,
    pub step: Step,
}

/// How a path leads to a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The path names the file's module, or something in it.
    Named,
    /// The file that is named re-exports it from this one. The arrow from file to file by way of the one that is named says the
    /// same.
    Reexported,
}

pub struct File {
    /// Below the workspace, with `/`.
    pub path: String,
    pub tokens: TokenStream,
}

pub struct Sources {
    pub files: Vec<File>,
    /// Files that no module declares, and modules without a file: neither can be checked.
    pub faults: Vec<Finding>,
    modules: Vec<Module>,
    /// The module `crate` of each library, by its name in other crates.
    libraries: HashMap<String, ModuleId>,
    named: Vec<Named>,
    root: PathBuf,
}

/// A module, or a block with items of its own.
struct Module {
    /// The module `crate`.
    top: ModuleId,
    parent: Option<ModuleId>,
    /// For a block: where its names are looked up that it does not have itself.
    around: Option<ModuleId>,
    /// More than one where `cfg` chooses between files.
    files: Vec<FileId>,
    children: HashMap<String, ModuleId>,
    /// Names of what it defines itself.
    items: HashSet<String>,
    imports: Vec<Import>,
}

struct Import {
    /// The name in this module; `None` for a glob.
    name: Option<String>,
    path: Vec<String>,
    /// Written with `::` before it: begins with the name of a crate.
    external: bool,
}

/// A path as it stands in a file.
struct Named {
    file: FileId,
    module: ModuleId,
    line: usize,
    path: Vec<String>,
    external: bool,
    glob: bool,
    /// Of a `use`.
    imports: bool,
}

/// What a path leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Module(ModuleId),
    /// Something that this module has: an item, or a name that only a macro knows.
    In(ModuleId),
}

/// One search for what a path leads to.
#[derive(Default)]
struct Search {
    /// The files whose imports led on.
    through: BTreeSet<FileId>,
    /// Imports that were followed, by module, number and the name looked for: imports may form circles.
    followed: HashSet<(ModuleId, usize, String)>,
}

#[derive(Clone)]
struct Parsed {
    tokens: TokenStream,
    items: Rc<syn::File>,
}

/// Parses a text, or remembers it: tests read copies of all sources that differ in one line, many times.
fn parsed(text: String, shown: &str) -> Result<Parsed, String> {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Parsed>> = RefCell::default();
    }
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&text).cloned()) {
        return Ok(known);
    }
    let tokens: TokenStream = text.parse().map_err(|error| format!("{shown}: {error}"))?;
    let items = syn::parse2(tokens.clone()).map_err(|error| format!("{shown}:{}: {error}", error.span().start().line))?;
    let parsed = Parsed { tokens, items: Rc::new(items) };
    KNOWN.with_borrow_mut(|known| known.insert(text, parsed.clone()));
    Ok(parsed)
}

impl Sources {
    /// Reads all crates below `root`.
    ///
    /// Errors: a text that names the folder or file that cannot be read or parsed.
    pub fn read(root: &Path) -> Result<Sources, String> {
        let mut sources = Sources {
            files: Vec::new(),
            faults: Vec::new(),
            modules: Vec::new(),
            libraries: HashMap::new(),
            named: Vec::new(),
            root: root.to_path_buf(),
        };
        for &(folder, name, needed) in CRATES {
            let folder = root.join(folder);
            if !needed && !folder.is_dir() {
                continue;
            }
            let all = rust_files(&folder)?;
            for file in &all {
                let inside = file.strip_prefix(&folder).unwrap_or(file);
                let library = inside == Path::new("lib.rs");
                if library || inside == Path::new("main.rs") || inside.parent() == Some(Path::new("bin")) {
                    let top = sources.add_module(None, None);
                    if library {
                        sources.libraries.insert(name.to_string(), top);
                    }
                    let children = file.parent().unwrap_or(&folder).to_path_buf();
                    sources.read_file(file, top, children)?;
                }
            }
            for file in &all {
                let path = sources.shown(file);
                if !sources.files.iter().any(|known| known.path == path) {
                    let why = "no module declares this file, so its arrows are not known".to_string();
                    sources.faults.push(Finding { file: path, line: 1, what: "mod".to_string(), why });
                }
            }
        }
        Ok(sources)
    }

    /// Path of a file below the workspace, with `/`.
    pub fn file(&self, file: FileId) -> &str {
        &self.files[file].path
    }

    pub fn finding(&self, arrow: &Arrow, why: String) -> Finding {
        Finding { file: self.file(arrow.from).to_string(), line: arrow.line, what: arrow.path.clone(), why }
    }

    /// All arrows, in the order of files and lines. Of the places that use an imported name only the import counts.
    pub fn arrows(&self) -> Vec<Arrow> {
        let (mut arrows, mut repeats) = (BTreeSet::new(), Vec::new());
        for named in &self.named {
            let mut search = Search::default();
            let mut reached = BTreeSet::new();
            for target in self.resolve(named.module, &named.path, named.external, &mut search) {
                let (Target::Module(module) | Target::In(module)) = target;
                reached.extend(self.modules[module].files.iter().copied());
            }
            search.through.remove(&named.file);
            let end = if search.through.is_empty() { Step::Named } else { Step::Reexported };
            let reached = reached.difference(&search.through).map(|&to| (to, end));
            for (to, step) in reached.chain(search.through.iter().map(|&to| (to, Step::Named))) {
                if to == named.file {
                    continue;
                }
                let path = named.path.join("::") + if named.glob { "::*" } else { "" };
                let arrow = Arrow { from: named.file, line: named.line, path, to, step };
                let whole = named.imports || named.external || ["crate", "self", "super"].contains(&named.path[0].as_str());
                if whole {
                    arrows.insert(arrow);
                } else {
                    repeats.push(arrow);
                }
            }
        }
        let known: HashSet<(FileId, FileId)> = arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
        arrows.extend(repeats.into_iter().filter(|arrow| !known.contains(&(arrow.from, arrow.to))));
        arrows.into_iter().collect()
    }

    /// What `path`, written in `module`, leads to: several where one name stands for a module and for a function.
    fn resolve(&self, module: ModuleId, path: &[String], external: bool, search: &mut Search) -> Vec<Target> {
        let Some((first, mut rest)) = path.split_first() else { return Vec::new() };
        let mut found = match first.as_str() {
            _ if external => self.libraries.get(first).map(|&top| Target::Module(top)).into_iter().collect(),
            "crate" => vec![Target::Module(self.modules[module].top)],
            "self" | "super" => {
                let mut at = self.without_blocks(module);
                let mut ups = rest.iter().take_while(|segment| *segment == "super").count();
                rest = &rest[ups..];
                ups += usize::from(first == "super");
                for _ in 0..ups {
                    let Some(parent) = self.modules[at].parent else { return Vec::new() };
                    at = parent;
                }
                vec![Target::Module(at)]
            }
            _ => self.in_scope(module, first, search),
        };
        for segment in rest {
            found = found
                .into_iter()
                .flat_map(|target| match target {
                    Target::Module(module) => {
                        let inside = self.find(module, segment, search);
                        if inside.is_empty() { vec![Target::In(module)] } else { inside }
                    }
                    Target::In(_) => vec![target],
                })
                .collect();
        }
        found
    }

    /// The module around a block.
    fn without_blocks(&self, mut module: ModuleId) -> ModuleId {
        while let Some(around) = self.modules[module].around {
            module = around;
        }
        module
    }

    /// What `name` means at the beginning of a path.
    fn in_scope(&self, module: ModuleId, name: &str, search: &mut Search) -> Vec<Target> {
        let mut scope = Some(module);
        while let Some(at) = scope {
            let found = self.find(at, name, search);
            if !found.is_empty() {
                return found;
            }
            scope = self.modules[at].around;
        }
        self.libraries.get(name).map(|&top| Target::Module(top)).into_iter().collect()
    }

    /// What `name` means inside `module`; imports are followed to where they lead.
    fn find(&self, module: ModuleId, name: &str, search: &mut Search) -> Vec<Target> {
        let here = &self.modules[module];
        let mut found = Vec::new();
        found.extend(here.children.get(name).map(|&child| Target::Module(child)));
        if here.items.contains(name) {
            found.push(Target::In(module));
        }
        for globs in [false, true] {
            if globs && !found.is_empty() {
                break;
            }
            for (number, import) in here.imports.iter().enumerate() {
                let fits = if globs { import.name.is_none() } else { import.name.as_deref() == Some(name) };
                if !fits || !search.followed.insert((module, number, name.to_string())) {
                    continue;
                }
                let mut targets = self.resolve(module, &import.path, import.external, search);
                if globs {
                    targets = targets
                        .into_iter()
                        .flat_map(|target| match target {
                            Target::Module(inside) => self.find(inside, name, search),
                            Target::In(_) => Vec::new(),
                        })
                        .collect();
                }
                if !targets.is_empty() {
                    search.through.extend(here.files.iter().copied());
                    found.extend(targets);
                }
            }
        }
        found
    }

    fn add_module(&mut self, parent: Option<ModuleId>, around: Option<ModuleId>) -> ModuleId {
        let id = self.modules.len();
        let top = parent.or(around).map_or(id, |module| self.modules[module].top);
        self.modules.push(Module {
            top,
            parent,
            around,
            files: Vec::new(),
            children: HashMap::new(),
            items: HashSet::new(),
            imports: Vec::new(),
        });
        id
    }

    fn child(&mut self, parent: ModuleId, name: &str) -> ModuleId {
        if let Some(&child) = self.modules[parent].children.get(name) {
            return child;
        }
        let child = self.add_module(Some(parent), None);
        self.modules[parent].children.insert(name.to_string(), child);
        child
    }

    /// `children`: the folder in which the files of the module's children are.
    fn read_file(&mut self, path: &Path, module: ModuleId, children: PathBuf) -> Result<(), String> {
        let shown = self.shown(path);
        let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
        let Parsed { tokens, items } = parsed(text, &shown)?;
        let file = self.files.iter().position(|known| known.path == shown).unwrap_or_else(|| {
            self.files.push(File { path: shown, tokens });
            self.files.len() - 1
        });
        self.modules[module].files.push(file);
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut reader = Reader { sources: self, file, folder, module, children, failed: None };
        reader.visit_file(&items);
        reader.failed.map_or(Ok(()), Err)
    }

    fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

/// All files of a folder and its folders whose names end in `.rs`, sorted.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let cannot = |error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Collects modules, imports and paths of one file, and reads the files that it declares.
struct Reader<'s> {
    sources: &'s mut Sources,
    file: FileId,
    /// Where the file is.
    folder: PathBuf,
    /// The module or block that is being read.
    module: ModuleId,
    /// The folder in which the files of that module's children are.
    children: PathBuf,
    failed: Option<String>,
}

/// A path of a `use`, and what it is called from there on.
struct Leaf {
    path: Vec<String>,
    line: usize,
    /// `None` for a glob and for `_`.
    name: Option<String>,
    glob: bool,
}

impl Reader<'_> {
    fn name(&mut self, path: Vec<String>, line: usize, external: bool, glob: bool) {
        let (file, module) = (self.file, self.module);
        self.sources.named.push(Named { file, module, line, path, external, glob, imports: false });
    }

    fn import(&mut self, leaf: Leaf, external: bool) {
        if leaf.name.is_some() || leaf.glob {
            let import = Import { name: leaf.name.clone(), path: leaf.path.clone(), external };
            self.sources.modules[self.module].imports.push(import);
        }
        let (file, module, Leaf { path, line, glob, .. }) = (self.file, self.module, leaf);
        self.sources.named.push(Named { file, module, line, path, external, glob, imports: true });
    }

    fn declare(&mut self, declared: &syn::ItemMod) {
        let name = declared.ident.unraw().to_string();
        let (path, children) = match named_file(&declared.attrs) {
            Some(path) => {
                let path = self.folder.join(path);
                (Some(path.clone()), path.parent().map(Path::to_path_buf).unwrap_or_default())
            }
            None => {
                let inside = self.children.join(&name);
                let beside = self.children.join(format!("{name}.rs"));
                (Some(beside), inside)
            }
        };
        let found = path.filter(|path| path.is_file()).or_else(|| Some(children.join("mod.rs")).filter(|path| path.is_file()));
        let Some(found) = found else {
            let file = self.sources.file(self.file).to_string();
            let why = "this module has no file, so its arrows are not known".to_string();
            let line = declared.ident.span().start().line;
            self.sources.faults.push(Finding { file, line, what: format!("mod {name}"), why });
            return;
        };
        let module = self.sources.child(self.module, &name);
        if let Err(problem) = self.sources.read_file(&found, module, children) {
            self.failed.get_or_insert(problem);
        }
    }

    /// Reads what is inside with another module in place of this one.
    fn inside(&mut self, module: ModuleId, children: PathBuf, read: impl FnOnce(&mut Self)) {
        let before = (self.module, std::mem::replace(&mut self.children, children));
        self.module = module;
        read(self);
        (self.module, self.children) = before;
    }

    /// Paths in what a macro or an attribute is given. `strings`: also those in strings, as serde takes them.
    fn tokens(&mut self, stream: TokenStream, strings: bool) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            match &trees[at] {
                TokenTree::Group(group) => self.tokens(group.stream(), strings),
                TokenTree::Literal(literal) if strings => {
                    let with = at >= 2 && matches!(&trees[at - 2], TokenTree::Ident(key) if key.to_string().ends_with("with"));
                    self.string(&literal.to_string(), literal.span(), with);
                }
                TokenTree::Ident(ident) if ident == "use" => {
                    let end = trees[at..].iter().position(|tree| is_punct(Some(tree), ';')).map(|length| at + length);
                    let parsed = end.map(|end| syn::parse2::<syn::ItemUse>(trees[at..=end].iter().cloned().collect()));
                    if let (Some(Ok(item)), Some(end)) = (parsed, end) {
                        self.visit_item_use(&item);
                        at = end;
                    }
                }
                TokenTree::Ident(_) => {
                    at = self.path_of_tokens(&trees, at);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads the path that begins at `begin`; returns where it ends.
    fn path_of_tokens(&mut self, trees: &[TokenTree], begin: usize) -> usize {
        let before = |back: usize| begin.checked_sub(back).and_then(|at| trees.get(at));
        let external = is_punct(before(1), ':') && is_punct(before(2), ':');
        let (mut path, mut at) = (Vec::new(), begin);
        let line = trees[begin].span().start().line;
        while let Some(TokenTree::Ident(segment)) = trees.get(at) {
            path.push(segment.unraw().to_string());
            at += 1;
            if !(is_punct(trees.get(at), ':') && is_punct(trees.get(at + 1), ':')) {
                break;
            }
            match trees.get(at + 2) {
                Some(TokenTree::Ident(_)) => at += 2,
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let several = Punctuated::<syn::UseTree, syn::Token![,]>::parse_terminated.parse2(group.stream());
                    let mut leaves = Vec::new();
                    for tree in several.into_iter().flatten() {
                        flatten(&tree, &path, &mut leaves);
                    }
                    leaves.into_iter().for_each(|leaf| self.name(leaf.path, leaf.line, external, leaf.glob));
                    return at + 3;
                }
                next => {
                    if is_punct(next, '*') {
                        self.name(path, line, external, true);
                        return at + 3;
                    }
                    break;
                }
            }
        }
        // `$name::x`: what the macro is given is seen where it is given.
        let given = is_punct(before(1), '$') && path[0] != "crate";
        if path.len() > 1 && !given {
            self.name(path, line, external, false);
        }
        at
    }

    /// `with`: a module is meant even by a single word.
    fn string(&mut self, literal: &str, span: Span, with: bool) {
        let Ok(text) = syn::parse_str::<syn::LitStr>(literal) else { return };
        let Ok(path) = text.parse::<syn::Path>() else { return };
        if path.segments.len() > 1 || with {
            self.name(segments(&path), span.start().line, path.leading_colon.is_some(), false);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let name = match item {
            syn::Item::Const(item) => Some(&item.ident),
            syn::Item::Enum(item) => Some(&item.ident),
            syn::Item::Fn(item) => Some(&item.sig.ident),
            syn::Item::Macro(item) => item.ident.as_ref(),
            syn::Item::Static(item) => Some(&item.ident),
            syn::Item::Struct(item) => Some(&item.ident),
            syn::Item::Trait(item) => Some(&item.ident),
            syn::Item::TraitAlias(item) => Some(&item.ident),
            syn::Item::Type(item) => Some(&item.ident),
            syn::Item::Union(item) => Some(&item.ident),
            _ => None,
        };
        if let Some(name) = name {
            self.sources.modules[self.module].items.insert(name.unraw().to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let called = item.rename.as_ref().map_or(&item.ident, |(_, name)| name).unraw().to_string();
        let itself = item.ident == "self";
        let path = vec![if itself { "crate".to_string() } else { item.ident.unraw().to_string() }];
        self.sources.modules[self.module].imports.push(Import { name: Some(called), path, external: !itself });
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        match &item.content {
            None => self.declare(item),
            Some((_, items)) => {
                let name = item.ident.unraw().to_string();
                let module = self.sources.child(self.module, &name);
                let file = self.file;
                if !self.sources.modules[module].files.contains(&file) {
                    self.sources.modules[module].files.push(file);
                }
                let children = self.children.join(&name);
                self.inside(module, children, |reader| items.iter().for_each(|item| reader.visit_item(item)));
            }
        }
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        if !block.stmts.iter().any(|statement| matches!(statement, syn::Stmt::Item(_))) {
            return visit::visit_block(self, block);
        }
        let module = self.sources.add_module(None, Some(self.module));
        let file = self.file;
        self.sources.modules[module].files.push(file);
        let children = self.children.clone();
        self.inside(module, children, |reader| visit::visit_block(reader, block));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        let mut leaves = Vec::new();
        flatten(&item.tree, &[], &mut leaves);
        leaves.into_iter().for_each(|leaf| self.import(leaf, item.leading_colon.is_some()));
    }

    // A single word names something of this file, or something imported, which was seen at its import.
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let line = path.segments[0].ident.span().start().line;
            self.name(segments(path), line, path.leading_colon.is_some(), false);
        }
        visit::visit_path(self, path);
    }

    // `pub(in crate::x)` says who may use an item; it uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        visit::visit_macro(self, called);
        self.tokens(called.tokens.clone(), false);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("doc") {
            return;
        }
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone(), true);
        }
    }
}

fn segments(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect()
}

fn is_punct(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// The path in `#[path = "…"]`.
fn named_file(attributes: &[syn::Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("path")).find_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }),
            ..
        }) => Some(path.value()),
        _ => None,
    })
}

/// The paths of a `use` tree, with those of its braces written out.
fn flatten(tree: &syn::UseTree, before: &[String], leaves: &mut Vec<Leaf>) {
    let joined = |ident: &syn::Ident| {
        let mut path = before.to_vec();
        // `use x::{self}` is `use x`.
        if ident != "self" || before.is_empty() {
            path.push(ident.unraw().to_string());
        }
        path
    };
    match tree {
        syn::UseTree::Path(tree) => flatten(&tree.tree, &joined(&tree.ident), leaves),
        syn::UseTree::Name(tree) => {
            let path = joined(&tree.ident);
            leaves.push(Leaf { name: path.last().cloned(), path, line: tree.ident.span().start().line, glob: false });
        }
        syn::UseTree::Rename(tree) => {
            let name = Some(tree.rename.unraw().to_string()).filter(|name| name != "_");
            leaves.push(Leaf { path: joined(&tree.ident), line: tree.ident.span().start().line, name, glob: false });
        }
        syn::UseTree::Glob(tree) => {
            let line = tree.star_token.spans[0].start().line;
            leaves.push(Leaf { path: before.to_vec(), line, name: None, glob: true });
        }
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, leaves)),
    }
}
