import unittest

import sealproof_vectors as vectors


class Vectors(unittest.TestCase):
    def counted(self, index, files):
        cases = [case for file in files for case in file.cases]
        negatives = sum(isinstance(case.expect, vectors.Reject) for case in cases)
        self.assertEqual(
            (len(files), len(cases), len(cases) - negatives, negatives),
            (index.files_total, index.cases_total, index.positives_total, index.negatives_total),
        )
        self.assertGreater(len(cases), 0)

    def fits(self, members, fields):
        self.assertLessEqual(members.__required_keys__, fields.keys())
        self.assertLessEqual(fields.keys(), members.__annotations__.keys())

    def test_every_file_is_that_of_the_index_and_every_case_is_typed(self):
        self.counted(vectors.index(), vectors.files())
        for file in vectors.files():
            for case in file.cases:
                with self.subTest(file.path, case=case.id):
                    self.fits(vectors.INPUTS[file.operation], case.input)
                    match case.expect:
                        case vectors.Output(fields):
                            self.fits(vectors.OUTPUTS[file.operation], fields)
                        case vectors.Opens(fields):
                            self.fits(vectors.OUTPUTS[vectors.OPENED_BY[file.operation]], fields)
                        case vectors.Reject(reasons):
                            self.assertTrue(reasons)
        with self.assertRaises(KeyError):
            vectors.file("../__init__")

    def test_the_canary_is_apart(self):
        self.counted(vectors.canary_index(), vectors.canary())
        self.assertEqual({file.policy for file in vectors.canary()}, {"canary"})
        self.assertNotIn("canary", {file.policy for file in vectors.files()})

    def test_requirement_sets_name_cases_that_are_there_or_retired(self):
        known = {f"{file.path}/{case.id}" for file in vectors.files() for case in file.cases}
        known |= {entry["case"] for entry in vectors.errata()["retired"]}
        for found in vectors.requirements():
            cases = [f"{file['path']}/{case}" for file in found["files"] for case in file["cases"]]
            self.assertEqual(len(cases), found["cases_total"])
            self.assertLessEqual(set(cases), known)


if __name__ == "__main__":
    unittest.main()
