//! The package for Python: dataclasses, and a `TypedDict` for the members of each operation. Layer: `export`, pure.

use super::names::upper_camel;
use super::{Code, each, each_opened, filled};
use vectors::{Kind, Member};

const USAGE: &str = r#"```python
import sealproof_vectors

for file in sealproof_vectors.files():
    if file.operation == "sha512.digest":
        for case in file.cases:
            print(case.input["message"], case.expect.fields["digest"], case.why)
```
"#;

pub(super) fn files() -> Code {
    let operations = each(|operation| {
        let name = upper_camel(operation.name);
        class(&format!("{name}Input"), operation.input) + &class(&format!("{name}Output"), operation.output)
    });
    let entry =
        |side: &str| each(|operation| format!("    \"{}\": {}{side},\n", operation.name, upper_camel(operation.name)));
    let opened_by = each_opened(|seal, opener| format!("    \"{seal}\": \"{opener}\",\n"));
    let version = ("VERSION", env!("CARGO_PKG_VERSION"));
    let (inputs, outputs) = (entry("Input"), entry("Output"));
    let parts =
        [version, ("OPERATIONS", &*operations), ("INPUTS", &inputs), ("OUTPUTS", &outputs), ("OPENED_BY", &opened_by)];
    let files = vec![
        ("pyproject.toml", filled(include_str!("templates/pypi/pyproject.toml"), &[version])),
        ("src/sealproof_vectors/__init__.py", filled(include_str!("templates/pypi/loader.py"), &parts)),
        ("src/sealproof_vectors/py.typed", String::new()),
        ("tests/test_vectors.py", include_str!("templates/pypi/test_vectors.py").to_owned()),
    ];
    ("Python", USAGE, files)
}

fn class(name: &str, members: &[Member]) -> String {
    let member = |Member { name, kind, optional }: &Member| {
        let ty = ty(*kind);
        if *optional { format!("    {name}: NotRequired[{ty}]\n") } else { format!("    {name}: {ty}\n") }
    };
    format!("class {name}(TypedDict):\n{}\n\n", members.iter().map(member).collect::<String>())
}

fn ty(kind: Kind) -> &'static str {
    match kind {
        Kind::Hex => "Hex",
        Kind::Text => "str",
        Kind::Integer => "int",
        Kind::Flag => "bool",
        Kind::HexList => "list[Hex]",
        Kind::IntegerList => "list[int]",
    }
}
