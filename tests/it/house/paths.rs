//! A Rust file's references into its own crate: its `use` lines and the paths in its code.
//!
//! The text goes through Rust's own lexer, so that comments, strings and lifetimes are not mistaken for code. Code
//! under `cfg(test)` is skipped: a test may import anything.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A name that a `use` line imports into a module.
pub struct Import {
    /// The name as known in the module, `*` for everything.
    pub name: String,
    /// The path as written, from `crate`, `self`, `super` or a name.
    pub path: Vec<String>,
    /// Whether it is re-exported (`pub use`).
    pub handed_on: bool,
}

/// The references of a file.
#[derive(Default)]
pub struct Paths {
    pub imports: Vec<Import>,
    /// Paths of at least two segments outside `use` lines.
    pub used: Vec<Vec<String>>,
}

/// Parses a file of valid Rust.
pub fn read(text: &str) -> Paths {
    let mut paths = Paths::default();
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error} in {text}"));
    paths.read(tokens, 0);
    paths
}

impl Paths {
    /// `depth` is the nesting of inline modules.
    fn read(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        let mut public = false;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Punct(punct) if punct.as_char() == '#' && is_test(tokens.get(at + 1)) => {
                    at = end_of_item(&tokens, at + 2);
                    public = false;
                }
                TokenTree::Ident(word) if *word == "pub" => {
                    public = true;
                    // The path in `pub(in crate::place)` is not a reference.
                    at += if is_group(tokens.get(at + 1), Delimiter::Parenthesis) { 2 } else { 1 };
                }
                TokenTree::Ident(word) if *word == "use" => {
                    let end = position(&tokens, at, ';');
                    self.read_use(&tokens[at + 1..end], &[], public, depth);
                    at = end;
                    public = false;
                }
                TokenTree::Ident(word) if *word == "mod" && is_group(tokens.get(at + 2), Delimiter::Brace) => {
                    let TokenTree::Group(inside) = &tokens[at + 2] else { unreachable!() };
                    self.read(inside.stream(), depth + 1);
                    at += 3;
                    public = false;
                }
                TokenTree::Ident(_) => {
                    let (path, next) = path(&tokens, at);
                    if path.len() > 1 {
                        self.used.push(without_inner(path, depth));
                    }
                    at = next;
                    public = false;
                }
                TokenTree::Group(group) => {
                    self.read(group.stream(), depth);
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Reads one tree of a `use` line, with the path `before` in front.
    fn read_use(&mut self, tokens: &[TokenTree], before: &[String], public: bool, depth: usize) {
        let (own, next) = path(tokens, 0);
        let mut whole = [before, &own].concat();
        if whole.last().is_some_and(|last| last == "self") && whole.len() > 1 {
            whole.pop();
        }
        match tokens.get(next) {
            Some(TokenTree::Group(group)) => {
                let inside: Vec<_> = group.stream().into_iter().collect();
                for tree in inside.split(|token| is_punct(token, ',')).filter(|tree| !tree.is_empty()) {
                    self.read_use(tree, &whole, public, depth);
                }
            }
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => self.import("*".to_owned(), whole, public, depth),
            Some(TokenTree::Ident(_)) if tokens.get(next + 1).is_some() => {
                self.import(tokens[next + 1].to_string(), whole, public, depth);
            }
            _ => self.import(whole.last().cloned().unwrap_or_default(), whole, public, depth),
        }
    }

    fn import(&mut self, name: String, path: Vec<String>, handed_on: bool, depth: usize) {
        self.imports.push(Import { name, path: without_inner(path, depth), handed_on });
    }
}

/// The path that starts here, and where it ends. A path that ends in `::` continues with a group or a star.
fn path(tokens: &[TokenTree], mut at: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        path.push(word.to_string());
        at += 1;
        let separated = [at, at + 1].into_iter().all(|at| tokens.get(at).is_some_and(|token| is_punct(token, ':')));
        if !separated {
            break;
        }
        at += 2;
    }
    (path, at)
}

/// The path as seen from the file instead of from an inline module.
fn without_inner(path: Vec<String>, depth: usize) -> Vec<String> {
    let supers = path.iter().take(depth).take_while(|segment| *segment == "super").count();
    if supers == 0 {
        return path;
    }
    std::iter::once("self".to_owned()).chain(path.into_iter().skip(supers)).collect()
}

fn is_test(attribute: Option<&TokenTree>) -> bool {
    let condition = attribute.map(|attribute| attribute.to_string().replace(' ', "")).unwrap_or_default();
    condition == "[cfg(test)]" || condition.starts_with("[cfg(all(test,")
}

fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| is_punct(token, ';') || is_group(Some(token), Delimiter::Brace);
    tokens[from..].iter().position(ends).map_or(tokens.len(), |length| from + length + 1)
}

fn position(tokens: &[TokenTree], from: usize, character: char) -> usize {
    tokens[from..].iter().position(|token| is_punct(token, character)).map_or(tokens.len(), |length| from + length)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn is_group(token: Option<&TokenTree>, delimiter: Delimiter) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
}
