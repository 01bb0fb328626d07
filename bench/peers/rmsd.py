"""The peer of bench/rmsd.ts: RDKit's symmetric best RMSD of the same conformer pairs, one thread.

Lines of JSON: {"file": ..., "molecules": n, "pairs": [[molecule, a, b], ...]} first; then each
question names a method, "best" (GetBestRMS of two molecules, as GeoDiff's evaluation calls it) or
"all" (GetAllConformerBestRMS of one molecule with all its conformers, numThreads=1, which matches
only once), and is answered with {"seconds", "cpuSeconds", "pairs", "sum"}.
Building molecules, removing hydrogens and copying are not timed.
"""

import gzip
import json
import sys
import time

import numpy as np
from rdkit import Chem
from rdkit.Chem import rdMolAlign

KINDS = {1: Chem.BondType.SINGLE, 2: Chem.BondType.DOUBLE, 3: Chem.BondType.TRIPLE}


def molecule(record):
    mol = Chem.RWMol()
    for number, charge in zip(record["atomicNumbers"], record["formalCharges"]):
        atom = Chem.Atom(number)
        atom.SetFormalCharge(charge)
        atom.SetNoImplicit(True)
        mol.AddAtom(atom)
    for i, j, order in record["bonds"]:
        mol.AddBond(i, j, KINDS[order])
    mol = mol.GetMol()
    Chem.SanitizeMol(mol)
    for one in record["conformers"]:
        conformer = Chem.Conformer(mol.GetNumAtoms())
        conformer.SetPositions(np.array(one["xyz"], float).reshape(-1, 3))
        mol.AddConformer(conformer, assignId=True)
    return Chem.RemoveHs(mol)


def main():
    config = json.loads(sys.stdin.readline())
    with gzip.open(config["file"], "rt") as lines:
        molecules = [molecule(json.loads(next(lines))) for _ in range(config["molecules"])]
    singles = [
        [Chem.Mol(mol, confId=k) for k in range(mol.GetNumConformers())] for mol in molecules
    ]
    for line in sys.stdin:
        method = json.loads(line)
        if method == "best":
            # GetBestRMS moves its first molecule; that changes no later RMSD.
            work = [(singles[m][a], singles[m][b]) for m, a, b in config["pairs"]]
            begin = time.perf_counter(), time.process_time()
            values = [rdMolAlign.GetBestRMS(a, b) for a, b in work]
        else:
            # It leaves its conformers as they were.
            begin = time.perf_counter(), time.process_time()
            values = [
                v for mol in molecules for v in rdMolAlign.GetAllConformerBestRMS(mol, numThreads=1)
            ]
        end = time.perf_counter(), time.process_time()
        answer = {
            "seconds": end[0] - begin[0],
            "cpuSeconds": end[1] - begin[1],
            "pairs": len(values),
            "sum": sum(values),
        }
        print(json.dumps(answer), flush=True)


main()
