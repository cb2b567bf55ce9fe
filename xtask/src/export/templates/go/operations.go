package vectors

@TYPES@
// NewInput is an empty input of this operation, for Decode; nil when there is no such operation.
func NewInput(operation string) any {
	switch operation {
@INPUTS@	}
	return nil
}

// NewOutput is an empty output of this operation, for Decode; nil when there is no such operation.
func NewOutput(operation string) any {
	switch operation {
@OUTPUTS@	}
	return nil
}

// OpenedBy is the operation that opens what a seal puts out; empty for others.
func OpenedBy(operation string) string {
	switch operation {
@OPENED_BY@	}
	return ""
}
