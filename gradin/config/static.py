"""Static files carry their hash in their name, JavaScript modules included."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Imports between ES modules are rewritten, so that a page never mixes two versions."""

    support_js_module_import_aggregation = True
