package vectors

import "testing"

func counted(t *testing.T, index Index, files []File) {
	t.Helper()
	cases, negatives := 0, 0
	for _, file := range files {
		cases += len(file.Cases)
		for _, one := range file.Cases {
			if _, refused := one.Expect.(Reject); refused {
				negatives++
			}
		}
	}
	found := [4]int{len(files), cases, cases - negatives, negatives}
	if wanted := [4]int{index.FilesTotal, index.CasesTotal, index.PositivesTotal, index.NegativesTotal}; found != wanted || cases == 0 {
		t.Fatalf("found %v, the index says %v", found, wanted)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestEveryFileIsThatOfTheIndexAndEveryCaseIsTyped(t *testing.T) {
	files := must[[]File](t)(LoadFiles())
	counted(t, must[Index](t)(LoadIndex()), files)
	for _, file := range files {
		for _, one := range file.Cases {
			err := Decode(one.Input, NewInput(file.Operation))
			switch expect := one.Expect.(type) {
			case Output:
				if err == nil {
					err = Decode(expect.Fields, NewOutput(file.Operation))
				}
			case Opens:
				if err == nil {
					err = Decode(expect.Fields, NewOutput(OpenedBy(file.Operation)))
				}
			case Reject:
				if len(expect.Reasons) == 0 {
					t.Errorf("%s/%d: no reason", file.Path, one.ID)
				}
			}
			if err != nil {
				t.Errorf("%s/%d: %v", file.Path, one.ID, err)
			}
		}
	}
	if _, err := LoadFile("../go"); err == nil {
		t.Error("a file outside of the index is loaded")
	}
}

func TestTheCanaryIsApart(t *testing.T) {
	canary := must[[]File](t)(LoadCanary())
	counted(t, must[Index](t)(LoadCanaryIndex()), canary)
	for _, file := range canary {
		if file.Policy != "canary" {
			t.Errorf("%s is of the policy %s", file.Path, file.Policy)
		}
	}
	for _, file := range must[[]File](t)(LoadFiles()) {
		if file.Policy == "canary" {
			t.Errorf("%s is among the vectors", file.Path)
		}
	}
}

func TestErrataAndRequirementsAreRead(t *testing.T) {
	must[Errata](t)(LoadErrata())
	for _, set := range must[[]Requirements](t)(LoadRequirements()) {
		cases := 0
		for _, file := range set.Files {
			cases += len(file.Cases)
		}
		if cases != set.CasesTotal || cases == 0 {
			t.Errorf("%s: %d cases, %d in all", set.Name, cases, set.CasesTotal)
		}
	}
}
