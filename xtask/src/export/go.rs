//! The Go module: the vectors in an `embed.FS`, a struct for the members of each operation. Layer: `export`, pure.

use super::names::upper_camel;
use super::{Code, each, each_opened, filled, reasons};
use vectors::{Kind, Member};

const USAGE: &str = r#"```go
files, err := vectors.LoadFiles() // import "sealproof.example/vectors"
for _, file := range files {
	for _, one := range file.Cases {
		input := vectors.NewInput(file.Operation)
		err = vectors.Decode(one.Input, input)
	}
}
```
"#;

pub(super) fn files() -> Code {
    let types = each(|operation| {
        let name = upper_camel(operation.name);
        let sides = [("Input", "input", operation.input), ("Output", "output", operation.output)];
        let side = |(ending, word, members): (&str, &str, &[Member])| {
            format!(
                "// {name}{ending} is the {word} of {}.\n{}",
                operation.name,
                structure(&format!("{name}{ending}"), members)
            )
        };
        sides.map(side).concat()
    });
    let arm = |side: &str| {
        each(|operation| {
            format!("\tcase \"{}\":\n\t\treturn new({}{side})\n", operation.name, upper_camel(operation.name))
        })
    };
    let opened_by = each_opened(|seal, opener| format!("\tcase \"{seal}\":\n\t\treturn \"{opener}\"\n"));
    let (inputs, outputs) = (arm("Input"), arm("Output"));
    let parts = [("TYPES", types.trim_end()), ("INPUTS", &inputs), ("OUTPUTS", &outputs), ("OPENED_BY", &opened_by)];
    let facts = [("VERSION", env!("CARGO_PKG_VERSION")), ("REASONS", &reasons("", ", "))];
    let operations = include_str!("templates/go/operations.go").replace("@TYPES@\n", "@TYPES@\n\n");
    let files = vec![
        ("go.mod", include_str!("templates/go/go.mod").to_owned()),
        ("vectors.go", filled(include_str!("templates/go/vectors.go"), &facts)),
        ("operations.go", filled(&operations, &parts)),
        ("vectors_test.go", include_str!("templates/go/vectors_test.go").to_owned()),
    ];
    ("Go", USAGE, files)
}

/// A struct with its columns as gofmt sets them.
fn structure(name: &str, members: &[Member]) -> String {
    let columns = |member: &Member| (upper_camel(member.name), ty(member), member.name);
    let rows: Vec<_> = members.iter().map(columns).collect();
    let widest = |width: fn(&(String, String, &str)) -> usize| rows.iter().map(width).max().unwrap_or_default();
    let (names, types) = (widest(|row| row.0.len()), widest(|row| row.1.len()));
    let row =
        |(field, ty, member): &(String, String, &str)| format!("\t{field:names$} {ty:types$} `json:\"{member}\"`\n");
    format!("type {name} struct {{\n{}}}\n\n", rows.iter().map(row).collect::<String>())
}

fn ty(member: &Member) -> String {
    let ty = match member.kind {
        Kind::Hex => "Hex",
        Kind::Text => "string",
        Kind::Integer => "uint64",
        Kind::Flag => "bool",
        Kind::HexList => "[]Hex",
        Kind::IntegerList => "[]uint64",
    };
    if member.optional { format!("*{ty}") } else { ty.to_owned() }
}
