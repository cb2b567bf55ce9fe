// Package vectors loads the vectors of sealproof @VERSION@. Nothing is handed out whose bytes are not those of the index.
package vectors

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed vectors
var embedded embed.FS

// FS holds every file of the package as it stands: index.json, errata.json, schema, canary and the families.
func FS() fs.FS {
	sub, err := fs.Sub(embedded, "vectors")
	if err != nil {
		panic(err) // The folder is embedded above.
	}
	return sub
}

// Hex is bytes, written as lower-case hex.
type Hex []byte

// UnmarshalJSON reads a string of hex.
func (h *Hex) UnmarshalJSON(text []byte) error {
	var digits string
	if err := json.Unmarshal(text, &digits); err != nil {
		return err
	}
	decoded, err := hex.DecodeString(digits)
	*h = decoded
	return err
}

// Reason is why a port refuses: one of @REASONS@.
type Reason string

// Expect is what must come back: an Output, a Reject or an Opens.
type Expect interface{ expect() }

// Output is an output byte for byte; Decode it into NewOutput(operation).
type Output struct{ Fields json.RawMessage }

// Reject is a refusal for one of these reasons.
type Reject struct{ Reasons []Reason }

// Opens is a seal that opens to these fields; Decode them into NewOutput(OpenedBy(operation)).
type Opens struct{ Fields json.RawMessage }

func (Output) expect() {}
func (Reject) expect() {}
func (Opens) expect()  {}

// Case is one request and what must come back.
type Case struct {
	ID          int
	Name        string
	Why         string
	Flags       []string
	DerivedFrom *int            // In cases that must be refused: the case from which it was made.
	Input       json.RawMessage // Decode it into NewInput(operation).
	Expect      Expect
	Trace       map[string]string
	ConfirmedBy []string
}

// Flag is a cause that cases look for.
type Flag struct {
	Bug    string   `json:"bug"`
	Why    string   `json:"why"`
	Effect string   `json:"effect"`
	Links  []string `json:"links"`
	CVEs   []string `json:"cves"`
}

// Source is where a file's bytes come from.
type Source struct {
	Recipe  string            `json:"recipe"`
	Seed    Hex               `json:"seed"`
	Oracles map[string]string `json:"oracles"`
}

// File is one operation, one policy, a flat list of cases.
type File struct {
	Path      string          `json:"-"`
	Format    int             `json:"format"`
	Operation string          `json:"operation"`
	TitleText string          `json:"title_text"`
	Policy    string          `json:"policy"`
	Cost      string          `json:"cost"`
	Spec      []string        `json:"spec"`
	Source    Source          `json:"source"`
	Flags     map[string]Flag `json:"flags"`
	Cases     []Case          `json:"cases"`
}

// IndexedFile is what the index says of a file.
type IndexedFile struct {
	Path      string `json:"path"`
	SHA256    Hex    `json:"sha256"`
	Operation string `json:"operation"`
	Policy    string `json:"policy"`
	Cost      string `json:"cost"`
	Cases     int    `json:"cases"`
	Positives int    `json:"positives"`
	Negatives int    `json:"negatives"`
}

// Index is what there is.
type Index struct {
	Format         int           `json:"format"`
	FilesTotal     int           `json:"files_total"`
	CasesTotal     int           `json:"cases_total"`
	PositivesTotal int           `json:"positives_total"`
	NegativesTotal int           `json:"negatives_total"`
	Files          []IndexedFile `json:"files"`
}

// Errata are the cases that were wrong and are gone.
type Errata struct {
	Format       int       `json:"format"`
	RetiredFiles []string  `json:"retired_files"`
	Retired      []Retired `json:"retired"`
}

// Retired is a case that was wrong.
type Retired struct {
	Case        string   `json:"case"`
	InputSHA256 Hex      `json:"input_sha256"`
	Why         string   `json:"why"`
	Since       string   `json:"since"`
	ReplacedBy  []string `json:"replaced_by"`
}

// Requirements are a requirement set: cases by file and id, each with its hash.
type Requirements struct {
	Format     int            `json:"format"`
	Name       string         `json:"name"`
	Suite      string         `json:"suite"`
	Policies   []string       `json:"policies"`
	CasesTotal int            `json:"cases_total"`
	Files      []RequiredFile `json:"files"`
}

// RequiredFile is the required cases of one file.
type RequiredFile struct {
	Path  string         `json:"path"`
	Cases map[string]Hex `json:"cases"`
}

// LoadIndex reads the index.
func LoadIndex() (Index, error) { return read[Index]("index.json") }

// LoadCanaryIndex reads the index of the canary.
func LoadCanaryIndex() (Index, error) { return read[Index]("canary/index.json") }

// LoadErrata reads the errata.
func LoadErrata() (Errata, error) { return read[Errata]("errata.json") }

// LoadFiles reads every file and checks it against the index.
func LoadFiles() ([]File, error) { return all(LoadIndex, "") }

// LoadCanary reads the files whose every expectation is wrong on purpose.
func LoadCanary() ([]File, error) { return all(LoadCanaryIndex, "canary/") }

// LoadFile reads one file, <family>/<topic>.
func LoadFile(path string) (File, error) {
	index, err := LoadIndex()
	if err != nil {
		return File{}, err
	}
	for _, entry := range index.Files {
		if entry.Path == path {
			return load("", entry)
		}
	}
	return File{}, fmt.Errorf("no file is called %q", path)
}

// LoadRequirements reads every requirement set.
func LoadRequirements() ([]Requirements, error) {
	names, err := fs.Glob(FS(), "requirements/*.json")
	if err != nil {
		return nil, err
	}
	var sets []Requirements
	for _, name := range names {
		set, err := read[Requirements](name)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// Decode reads members, of which none may be unknown.
func Decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// UnmarshalJSON reads a case.
func (c *Case) UnmarshalJSON(text []byte) error {
	var form struct {
		ID          int                        `json:"id"`
		Name        string                     `json:"name"`
		Why         string                     `json:"why"`
		Flags       []string                   `json:"flags"`
		DerivedFrom *int                       `json:"derived_from"`
		Input       json.RawMessage            `json:"input"`
		Expect      map[string]json.RawMessage `json:"expect"`
		Trace       map[string]string          `json:"trace"`
		ConfirmedBy []string                   `json:"confirmed_by"`
	}
	if err := Decode(text, &form); err != nil {
		return err
	}
	expect, err := expectation(form.Expect)
	*c = Case{form.ID, form.Name, form.Why, form.Flags, form.DerivedFrom, form.Input, expect, form.Trace, form.ConfirmedBy}
	return err
}

func expectation(form map[string]json.RawMessage) (Expect, error) {
	if len(form) == 1 {
		for kind, value := range form {
			switch kind {
			case "output":
				return Output{value}, nil
			case "opens":
				return Opens{value}, nil
			case "reject":
				var reasons []Reason
				err := Decode(value, &reasons)
				return Reject{reasons}, err
			}
		}
	}
	return nil, fmt.Errorf("expected exactly one of output, reject and opens")
}

func read[T any](path string) (value T, err error) {
	text, err := fs.ReadFile(FS(), path)
	if err == nil {
		err = Decode(text, &value)
	}
	return value, err
}

func all(index func() (Index, error), folder string) ([]File, error) {
	entries, err := index()
	if err != nil {
		return nil, err
	}
	var files []File
	for _, entry := range entries.Files {
		file, err := load(folder, entry)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func load(folder string, entry IndexedFile) (File, error) {
	text, err := fs.ReadFile(FS(), folder+entry.Path+".json")
	if err != nil {
		return File{}, err
	}
	if sum := sha256.Sum256(text); !bytes.Equal(sum[:], entry.SHA256) {
		return File{}, fmt.Errorf("%s%s is not the file that the index names", folder, entry.Path)
	}
	file := File{Path: entry.Path}
	err = Decode(text, &file)
	return file, err
}
