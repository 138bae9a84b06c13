"""Names as typed on any keyboard: plain letters, no accents."""
import re
import unicodedata


def plain(name):
    """Ségou -> Segou, N'Djaména -> N'Djamena."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(c for c in letters if ord(c) < 128).strip()


def slug(name):
    """Boucle du Mouhoun -> boucle-du-mouhoun."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name).lower()).strip("-")


def same(name):
    """A key under which spellings of one place meet."""
    return re.sub(r"[^a-z0-9]", "", plain(name).lower())
