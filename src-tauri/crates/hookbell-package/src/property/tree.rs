//! The XML form.

use jiff::Timestamp;
use roxmltree::Node;

use super::{Count, MAX_DEPTH, Property, WRONG};
use crate::{BuildFileError, xml};

pub(super) fn read(bytes: &[u8]) -> Result<Property, BuildFileError> {
    let document = xml::parse(bytes, WRONG)?;
    let root = document.root_element();
    let value = root.first_element_child().filter(|_| root.has_tag_name("plist"));
    property(value.ok_or(BuildFileError::Damaged(WRONG))?, 0, &mut Count::default())
}

fn property(node: Node<'_, '_>, depth: usize, count: &mut Count) -> Result<Property, BuildFileError> {
    count.one_more()?;
    let text = || node.text().unwrap_or_default();
    Ok(match node.tag_name().name() {
        "string" => Property::Text(text().to_owned()),
        "true" => Property::Flag(true),
        "false" => Property::Flag(false),
        "date" => text().parse::<Timestamp>().map_or(Property::Other, |date| Property::Date(date.as_second())),
        "array" if depth < MAX_DEPTH => {
            let values = node.children().filter(Node::is_element).map(|child| property(child, depth + 1, count));
            Property::List(values.collect::<Result<_, _>>()?)
        }
        "dict" if depth < MAX_DEPTH => {
            let mut children = node.children().filter(Node::is_element);
            let pairs = std::iter::from_fn(|| children.next().zip(children.next()));
            let pairs = pairs.map(|(key, value)| {
                Ok((key.text().unwrap_or_default().to_owned(), property(value, depth + 1, count)?))
            });
            Property::Map(pairs.collect::<Result<_, BuildFileError>>()?)
        }
        _ => Property::Other,
    })
}
