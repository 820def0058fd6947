//! An Office Open XML workbook (ECMA-376) as its neutral form. Must not know any rule that a workbook is held against.

mod drawing;
mod sheet;
mod styles;

use std::collections::BTreeMap;

use super::form::{Drawing, DrawingKind, Format, MarkedTable, Properties, SheetForm, WorkbookForm};
use super::package::Package;
use super::place::Area;
use super::xml::{Element, read_tree};
use crate::model::Problem;
use sheet::{SheetParts, read_sheet};
use styles::{Styles, read_styles};

/// What a part refers to, by id.
type Relations = BTreeMap<String, Relation>;

/// One reference of a part.
struct Relation {
    /// The last word of its kind, such as `table`.
    kind: String,
    /// The part, or the address where it leads out of the file.
    target: String,
    is_outside: bool,
}

/// A string that several cells share, and whether some of it is raised.
type Shared = Vec<(String, bool)>;

/// Reads the parts of the file.
///
/// # Errors
/// A part is damaged or missing, or the file needs a password.
pub(super) fn read(package: &mut Package) -> Result<WorkbookForm, Problem> {
    let root = read_relations(package, "")?;
    let kind = |kind: &str| root.values().find(|relation| relation.kind == kind);
    let book = kind("officeDocument").map_or("xl/workbook.xml", |found| found.target.as_str());
    let relations = read_relations(package, book)?;
    let part = |kind: &str| {
        let found = relations.values().find(|relation| relation.kind == kind);
        found.map(|relation| relation.target.clone())
    };
    let tree = read_tree(&package.needed(book)?, book)?;
    let styles = match part("styles") {
        Some(name) => read_styles(&read_tree(&package.needed(&name)?, &name)?),
        None => Styles::default(),
    };
    let shared = match part("sharedStrings") {
        Some(name) => sheet::read_shared(&package.needed(&name)?, &name)?,
        None => Vec::new(),
    };
    let mut form = WorkbookForm {
        format: Format::Xlsx,
        has_macros: part("vbaProject").is_some() || package.has("xl/vbaProject.bin"),
        ..WorkbookForm::default()
    };
    let view = tree.find("workbookView");
    let active = view.and_then(|view| view.number("activeTab")).unwrap_or(0);
    form.opens_on = usize::try_from(active).unwrap_or_default();
    form.properties = read_properties(package, &root)?;
    let mut cells_count = 0;
    let sheets = tree.child("sheets").into_iter().flat_map(Element::children);
    for entry in sheets {
        let id = entry.get("id").unwrap_or_default();
        let relation = relations.get(id);
        let mut sheet = match relation {
            Some(relation) if relation.kind == "chartsheet" => chart_sheet(),
            Some(relation) => {
                let parts = SheetParts {
                    styles: &styles,
                    shared: &shared,
                };
                read_one(package, &relation.target, &parts, &mut cells_count)?
            }
            None => {
                return Err(super::xml::damaged(
                    book,
                    "it names a sheet that is missing",
                ));
            }
        };
        sheet.name = entry.get("name").unwrap_or_default().to_owned();
        sheet.is_hidden = entry.get("state").is_some_and(|state| state != "visible");
        form.sheets.push(sheet);
    }
    form.looks = styles.looks;
    Ok(form)
}

/// What the workbook says of itself.
fn read_properties(package: &mut Package, root: &Relations) -> Result<Properties, Problem> {
    let part = |kind: &str| {
        let found = root.values().find(|relation| relation.kind == kind);
        found.map(|relation| relation.target.as_str())
    };
    let mut properties = Properties::default();
    let core = part("core-properties").unwrap_or("docProps/core.xml");
    if let Some(xml) = package.text(core)? {
        let tree = read_tree(&xml, core)?;
        let words = |name: &str| {
            let words = tree.find(name).map(Element::words).unwrap_or_default();
            words.trim().to_owned()
        };
        properties = Properties {
            title: words("title"),
            author: words("creator"),
            keywords: words("keywords"),
            language: words("language"),
        };
    }
    // Excel itself offers the language among the properties that people may add.
    let custom = part("custom-properties").filter(|_| properties.language.is_empty());
    if let Some(name) = custom
        && let Some(xml) = package.text(name)?
    {
        let tree = read_tree(&xml, name)?;
        let mut added = tree.children();
        let language = added.find(|property| property.get("name") == Some("Language"));
        properties.language = language.map(Element::words).unwrap_or_default();
    }
    Ok(properties)
}

fn chart_sheet() -> SheetForm {
    SheetForm {
        drawings: vec![Drawing {
            kind: DrawingKind::Chart,
            at: None,
            alternative: String::new(),
        }],
        ..SheetForm::default()
    }
}

/// A sheet with the tables and drawings that it refers to.
fn read_one(
    package: &mut Package,
    name: &str,
    parts: &SheetParts<'_>,
    cells_count: &mut usize,
) -> Result<SheetForm, Problem> {
    let relations = read_relations(package, name)?;
    let xml = package.needed(name)?;
    let outside = |id: &str| {
        let relation = relations.get(id).filter(|relation| relation.is_outside);
        relation.map(|relation| relation.target.clone())
    };
    let mut sheet = read_sheet(&xml, name, parts, outside, cells_count)?;
    for relation in relations.values().filter(|relation| !relation.is_outside) {
        let target = &relation.target;
        match relation.kind.as_str() {
            "table" => {
                let table = read_tree(&package.needed(target)?, target)?;
                sheet.tables.extend(read_table(&table));
            }
            "drawing" => {
                if let Some(xml) = package.text(target)? {
                    sheet
                        .drawings
                        .extend(drawing::read(&read_tree(&xml, target)?));
                }
            }
            _ => {}
        }
    }
    Ok(sheet)
}

fn read_table(table: &Element) -> Option<MarkedTable> {
    Some(MarkedTable {
        name: table
            .get("displayName")
            .or(table.get("name"))
            .unwrap_or_default()
            .to_owned(),
        area: Area::parse(table.get("ref")?)?,
        headers_count: table.number("headerRowCount").unwrap_or(1),
        has_filter: table.child("autoFilter").is_some_and(|filter| {
            // Every button of the filter may be hidden.
            let mut columns = filter.children().peekable();
            columns.peek().is_none() || columns.any(|column| !column.says("hiddenButton"))
        }),
    })
}

/// What a part refers to; the empty name stands for the file itself.
fn read_relations(package: &mut Package, part: &str) -> Result<Relations, Problem> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{slash}_rels/{name}.rels");
    let Some(xml) = package.text(&path)? else {
        return Ok(Relations::new());
    };
    let tree = read_tree(&xml, &path)?;
    let read = |element: &Element| {
        let kind = element.get("Type")?.rsplit('/').next()?.to_owned();
        let is_outside = element.get("TargetMode") == Some("External");
        let target = element.get("Target")?;
        let target = if is_outside {
            target.to_owned()
        } else {
            resolve(folder, target)
        };
        let relation = Relation {
            kind,
            target,
            is_outside,
        };
        Some((element.get("Id")?.to_owned(), relation))
    };
    Ok(tree.children().filter_map(read).collect())
}

/// The name of a part that another in this folder refers to: `../tables/table1.xml`, `/xl/styles.xml`.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target
        .split('/')
        .filter(|step| !step.is_empty() && *step != ".")
    {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        assert_eq!(
            resolve("xl/worksheets", "../tables/table1.xml"),
            "xl/tables/table1.xml"
        );
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolve("xl", "../../../etc"), "etc");
    }
}
