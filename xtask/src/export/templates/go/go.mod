module sealproof.example/vectors

go 1.21
