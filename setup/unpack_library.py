"""Unpacks TensorFlow's C library and the headers of its C interface from a wheel.

    python unpack_library.py WHEEL FOLDER     ->  FOLDER/lib, FOLDER/include

A twentieth of the wheel's files, and none of its Python.
"""

import os
import shutil
import sys
import zipfile

LIBRARIES = ("tensorflow/libtensorflow_cc.", "tensorflow/libtensorflow_framework.")
HEADERS = ("tensorflow/c/", "tensorflow/core/platform/", "tsl/platform/", "xla/tsl/c/")
INCLUDE = "tensorflow/include/"


def target(name):
    """Where a member of the wheel goes, or None. A wheel that would write elsewhere is refused."""
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        sys.exit(f"The wheel is not TensorFlow's: its member {name} leaves the folder it is unpacked into.")
    if name.startswith(LIBRARIES):
        return os.path.join("lib", os.path.basename(name))
    header = name.removeprefix(INCLUDE)
    if header != name and header.startswith(HEADERS):
        return os.path.join("include", header)
    return None


def main(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            place = target(member.filename)
            if place is None or member.is_dir():
                continue
            path = os.path.join(folder, place)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            # Reading to the end makes zipfile check the member's CRC.
            with archive.open(member) as source, open(path, "wb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)


main(sys.argv[1], sys.argv[2])
