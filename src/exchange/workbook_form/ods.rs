//! An OpenDocument spreadsheet (ODF 1.2) as its neutral form. Must not know any rule that a workbook is held against.

mod content;
mod styles;

use super::form::{Format, MarkedTable, Properties, WorkbookForm};
use super::package::{Package, locked};
use super::place::{Area, Position};
use super::xml::{Element, Met, read_tree, walk};
use crate::model::Problem;
use content::SheetReader;
use styles::Styles;

/// Names that programs give to areas that nobody marked as a table.
const UNNAMED: &str = "__Anonymous_Sheet_DB__";

/// Reads the parts of the file.
///
/// # Errors
/// A part is damaged or missing, or the file needs a password.
pub(super) fn read(package: &mut Package) -> Result<WorkbookForm, Problem> {
    if let Some(manifest) = package.text("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(locked());
    }
    let content = package.needed("content.xml")?;
    let mut styles = Styles::default();
    if let Some(xml) = package.text("styles.xml")? {
        styles.add_part(&read_tree(&xml, "styles.xml")?);
    }
    let mut form = read_content(&content, styles)?;
    form.has_macros = package.has_below("Basic/") || package.has_below("Scripts/");
    if let Some(meta) = package.text("meta.xml")? {
        read_properties(&read_tree(&meta, "meta.xml")?, &mut form.properties);
    }
    if let Some(settings) = package.text("settings.xml")? {
        apply_settings(&read_tree(&settings, "settings.xml")?, &mut form);
    }
    Ok(form)
}

fn read_content(xml: &str, mut styles: Styles) -> Result<WorkbookForm, Problem> {
    let part = "content.xml";
    let mut form = WorkbookForm {
        format: Format::Ods,
        ..WorkbookForm::default()
    };
    let mut ranges = Vec::new();
    let mut sheet: Option<SheetReader> = None;
    let mut cells_count = 0;
    // How deep the walk is within the sheet: tables may stand in tables.
    let mut depth = 0_usize;
    walk(xml, part, is_whole, |met| {
        match met {
            Met::Whole(element) => match (&mut sheet, element.name.as_str()) {
                (_, "automatic-styles") => styles.add(&element),
                (_, "database-ranges") => ranges = read_ranges(&element),
                (Some(sheet), _) => sheet.read(&element, &mut styles, &mut cells_count)?,
                (None, _) => {}
            },
            Met::Open(element) => match &sheet {
                Some(_) => depth += 1,
                None if element.name == "table" => {
                    sheet = Some(SheetReader::new(element, &styles));
                }
                None => {}
            },
            Met::Close if depth > 0 => depth -= 1,
            Met::Close => form.sheets.extend(sheet.take().map(SheetReader::finish)),
        }
        Ok(())
    })?;
    for (name, table) in ranges {
        if let Some(sheet) = form.sheets.iter_mut().find(|sheet| sheet.name == name) {
            if table.name.starts_with(UNNAMED) {
                sheet.has_filter |= table.has_filter;
            } else {
                sheet.tables.push(table);
            }
        }
    }
    form.properties.language = styles.language();
    form.looks = styles.looks();
    Ok(form)
}

fn is_whole(name: &str) -> bool {
    [
        "automatic-styles",
        "table-row",
        "table-column",
        "shapes",
        "database-ranges",
        "named-expressions",
        "conditional-formats",
        "tracked-changes",
        "content-validations",
        "forms",
        "table-source",
        "scenario",
    ]
    .contains(&name)
}

/// The marked tables, each with the name of its sheet.
fn read_ranges(element: &Element) -> Vec<(String, MarkedTable)> {
    let mut ranges = Vec::new();
    element.find_all("database-range", &mut ranges);
    let read = |range: &&Element| {
        let address = range.get("target-range-address")?;
        let table = MarkedTable {
            name: range.get("name").unwrap_or_default().to_owned(),
            area: Area::parse(address)?,
            headers_count: u32::from(range.get("contains-header") != Some("false")),
            has_filter: range.says("display-filter-buttons"),
        };
        Some((sheet_of(address)?, table))
    };
    ranges.iter().filter_map(read).collect()
}

/// `Table 1` for `$'Table 1'.A9:$'Table 1'.F12`; two quotation marks within a name are one.
fn sheet_of(address: &str) -> Option<String> {
    let address = address.trim_start_matches('$');
    match address.strip_prefix('\'') {
        Some(quoted) => {
            let end = quoted.find("'.")?;
            Some(quoted.get(..end)?.replace("''", "'"))
        }
        None => Some(address.split_once('.')?.0.to_owned()),
    }
}

fn read_properties(meta: &Element, properties: &mut Properties) {
    let words = |name: &str| {
        let mut found = Vec::new();
        meta.find_all(name, &mut found);
        let words = found
            .iter()
            .map(|element| element.words().trim().to_owned());
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        words.join(", ")
    };
    properties.title = words("title");
    properties.author = words("creator");
    if properties.author.is_empty() {
        properties.author = words("initial-creator");
    }
    properties.keywords = words("keyword");
    let mut added = Vec::new();
    meta.find_all("user-defined", &mut added);
    let named = added
        .iter()
        .find(|property| property.get("name") == Some("Language"));
    let language = match words("language") {
        stated if stated.is_empty() => named.map(|named| named.words()).unwrap_or_default(),
        stated => stated,
    };
    if !language.is_empty() {
        properties.language = language;
    }
}

/// Which sheet opens, where the cursors stand, what is frozen.
fn apply_settings(settings: &Element, form: &mut WorkbookForm) {
    let mut items = Vec::new();
    settings.find_all("config-item", &mut items);
    let named = |items: &[&Element], name: &str| {
        let found = items.iter().find(|item| item.get("name") == Some(name));
        found.map(|item| item.words().trim().to_owned())
    };
    let active = named(&items, "ActiveTable");
    let place = active.and_then(|name| form.sheets.iter().position(|sheet| sheet.name == name));
    form.opens_on = place.unwrap_or(0);
    let mut maps = Vec::new();
    settings.find_all("config-item-map-named", &mut maps);
    let tables = maps.iter().filter(|map| map.get("name") == Some("Tables"));
    for entry in tables.flat_map(|map| map.children()) {
        let name = entry.get("name");
        let Some(sheet) = form
            .sheets
            .iter_mut()
            .find(|sheet| Some(sheet.name.as_str()) == name)
        else {
            continue;
        };
        let items: Vec<&Element> = entry.children().collect();
        let number = |name: &str| named(&items, name).and_then(|number| number.parse().ok());
        if let (Some(column), Some(row)) = (number("CursorPositionX"), number("CursorPositionY")) {
            sheet.cursor = Some(Position::new(row, column));
        }
        let frozen = Some(2);
        sheet.is_frozen =
            number("HorizontalSplitMode") == frozen || number("VerticalSplitMode") == frozen;
    }
}
