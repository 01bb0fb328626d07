/**
 * Small everyday molecules, 8 to 30 atoms with hydrogens, most with at least one rotatable bond: drugs,
 * their building blocks, amino acids, and a few charged ones. All stereocentres are specified. The
 * order mixes kinds, so that the first ones represent the whole list.
 */
export const OFFLINE_SMILES: readonly string[] = [
  "NCCO", // ethanolamine
  "CC(=O)Oc1ccccc1C(=O)O", // aspirin
  "C[C@H](N)C(=O)O", // alanine
  "CC(=O)Nc1ccc(O)cc1", // paracetamol
  "OCCCO", // propanediol
  "NCCc1ccc(O)c(O)c1", // dopamine
  "CCOC(=O)c1ccccc1", // ethyl benzoate
  "CSCC[C@H](N)C(=O)O", // methionine
  "NC(=O)c1cccnc1", // nicotinamide
  "CCCCN", // butylamine
  "C[N+](C)(C)CCO", // choline
  "COc1ccccc1O", // guaiacol
  "OC[C@H](N)C(=O)O", // serine
  "CCN(CC)C(=O)C", // N,N-diethylacetamide
  "NS(=O)(=O)c1ccccc1", // benzenesulfonamide
  "ClCCOCCCl", // bis(2-chloroethyl) ether
  "NCCc1c[nH]cn1", // histamine
  "CC(C)C[C@H](N)C(=O)O", // leucine
  "O=C(O)c1ccccc1O", // salicylic acid
  "CCOCCO", // ethoxyethanol
  "FC(F)(F)c1ccccc1CN", // trifluoromethylbenzylamine
  "CNCCc1ccccc1", // N-methylphenethylamine
  "NCC(=O)NCC(=O)O", // glycylglycine
  "COC(=O)CCN", // methyl 3-aminopropanoate
  "Oc1ccc(Br)cc1CO", // bromosaligenin
  "CC(=O)CCC=O", // levulinaldehyde
  "C[C@@H](O)[C@H](N)C(=O)O", // threonine
  "CCCc1ccccc1", // propylbenzene
  "OCCN1CCOCC1", // hydroxyethylmorpholine
  "COc1cc(C=O)ccc1O", // vanillin
  "NC(=O)CC[C@H](N)C(=O)O", // glutamine
  "CCSCCO", // ethylthioethanol
  "NCCCC(=O)O", // GABA
  "Clc1ccc(CCN)cc1", // chlorophenethylamine
  "CC(C)OC(=O)C=C", // isopropyl acrylate
  "O=C(NCC)c1ccncc1", // N-ethylisonicotinamide
  "SC[C@H](N)C(=O)O", // cysteine
  "COCCOC", // dimethoxyethane
  "CCC(=O)Nc1ccccc1", // propionanilide
  "NCCS(=O)(=O)O", // taurine
  "CC(C)(C)NCCO", // tert-butylaminoethanol
  "OC(=O)CCC(=O)O", // succinic acid
  "Nc1ccc(cc1)C(=O)OCC", // benzocaine
  "C=CCOCC=C", // diallyl ether
  "CN1CCC[C@H]1c1cccnc1", // nicotine
  "NCC#CCO", // aminobutynol
  "COC(=O)c1ccccc1O", // methyl salicylate
  "CCCC(=O)OCC", // ethyl butyrate
  "CC(=O)OCC[N+](C)(C)C", // acetylcholine
  "O=Cc1ccc(F)cc1", // fluorobenzaldehyde
  "NC(=O)C[C@H](N)C(=O)O", // asparagine
  "CCOP(=O)(OC)OC", // ethyl dimethyl phosphate
  "N#CCCc1ccccc1", // phenylpropionitrile
  "CC(C)[C@H](N)C(=O)O", // valine
  "OCCc1ccccc1", // phenethyl alcohol
  "NNC(=O)c1ccncc1", // isoniazid
  "CCOC(=O)CC(C)=O", // ethyl acetoacetate
  "CC(C)NCC(O)=O", // N-isopropylglycine
  "O=C([O-])CCC(=O)C", // levulinate
  "[NH3+]CCc1ccccc1", // phenethylammonium
  "CN(C)CCO", // dimethylaminoethanol
  "Cc1ccccc1NC(=O)CN", // aminoacetotoluidide
  "CCCCO", // butanol
  "OC(=O)/C=C/c1ccccc1", // cinnamic acid
  "CC1=CC(=O)CC(C)(C)C1", // isophorone
  "NCCCC[C@H](N)C(=O)O", // lysine
  "CSc1ccccc1CO", // methylthiobenzyl alcohol
  "O=C(CCl)Nc1ccccc1", // chloroacetanilide
  "CCC(=O)CC", // pentanone
  "N[C@@H](Cc1ccccc1)C(=O)O", // phenylalanine
  "CN(C)C(=N)NC(=N)N", // metformin
  "OCC(O)CO", // glycerol
  "CCNC(=O)NCC", // diethylurea
  "CC(=O)SCCN", // S-acetylcysteamine
  "Cc1ncc([N+](=O)[O-])n1CCO", // metronidazole
  "CCCCC=O", // pentanal
  "COc1ccc(CCN)cc1", // methoxyphenethylamine
  "O=C(O)CNC(=O)c1ccccc1", // hippuric acid
  "FCCOCCF", // bis(2-fluoroethyl) ether
  "CCCS(=O)(=O)N", // propanesulfonamide
];
