//! The vectors against their committed schemas, with a reader of schemas that is not ours.

use std::path::{Path, PathBuf};

use boon::{Compiler, Schemas};
use serde_json::{Value as Json, json};
use vectors::{Requirements, load, source};

type Checked = Result<(), Box<dyn std::error::Error>>;
type Edit = fn(&mut Json);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The schema of this name, as it is committed.
fn with_schema(name: &str, check: impl Fn(&dyn Fn(&Json) -> Result<(), String>) -> Checked) -> Checked {
    let path = folder().join("schema").join(name);
    let mut schemas = Schemas::new();
    let schema =
        Compiler::new().compile(&path.display().to_string(), &mut schemas).map_err(|error| format!("{error:#}"))?;
    check(&|json| schemas.validate(json, schema).map_err(|error| format!("{error:#}")))
}

/// An editor or a reader in another language that goes by the schema must not refuse our own files.
#[test]
fn every_file_is_valid_under_its_schema() -> Checked {
    with_schema("vector-file.json", |valid| {
        for source in source::directory(&folder())? {
            valid(&serde_json::from_slice(&source.bytes)?).map_err(|error| format!("{}: {error}", source.path))?;
        }
        Ok(())
    })?;
    for source in source::embedded_canary() {
        let canary: Json = serde_json::from_slice(&source.bytes)?;
        with_schema("vector-file.json", |valid| Ok(valid(&canary)?))?;
    }
    let files = load::directory(&folder())?;
    let set = Requirements::freeze("core-1", "0.1.0", &["core".to_owned()], &files).text();
    let read = |file: &str| std::fs::read_to_string(folder().join(file));
    for (schema, text) in [
        ("index.json", read("index.json")?),
        ("index.json", read("canary/index.json")?),
        ("errata.json", read("errata.json")?),
        ("requirements.json", set),
    ] {
        let mut json = serde_json::from_str(&text)?;
        with_schema(schema, |valid| Ok(valid(&json)?))?;
        json["note"] = "".into();
        with_schema(schema, |valid| valid(&json).err().map(|_| ()).ok_or(format!("{schema} is open").into()))?;
    }
    Ok(())
}

/// A schema that takes everything would pass the check above as well.
#[test]
fn the_schema_refuses_what_the_loader_refuses() -> Checked {
    let sound = std::fs::read_to_string(folder().join("aes-256-gcm/sjcl-open-iv16-tag8.json"))?;
    let edits: [(&str, Edit); 9] = [
        ("another format", |file| file["format"] = 2.into()),
        ("an unknown operation", |file| file["operation"] = "no-such.open".into()),
        ("an unknown member", |file| file["cases"][0]["note"] = "".into()),
        ("an input of another operation", |file| file["operation"] = "aes-256-gcm.seal".into()),
        ("a missing input", |file| file["cases"][0]["input"] = json!({ "key": "", "iv": "" })),
        ("upper-case hex", |file| file["cases"][0]["input"]["iv"] = "AA".into()),
        ("a large integer", |file| file["cases"][0]["input"]["tag_length"] = (1_u64 << 53).into()),
        ("two expectations", |file| file["cases"][0]["expect"]["reject"] = Json::Array(vec!["malformed".into()])),
        ("a positive case with a parent", |file| file["cases"][0]["derived_from"] = 1.into()),
    ];
    with_schema("vector-file.json", |valid| {
        valid(&serde_json::from_str(&sound)?)?;
        for (what, edit) in edits {
            let mut file: Json = serde_json::from_str(&sound)?;
            edit(&mut file);
            let bytes = serde_json::to_vec(&file)?;
            if valid(&file).is_ok() {
                return Err(format!("the schema takes {what}").into());
            }
            if load::file(&source::SourceFile { path: "aes-256-gcm/edited".to_owned(), bytes: bytes.into() }).is_ok() {
                return Err(format!("the loader takes {what}").into());
            }
        }
        Ok(())
    })
}
