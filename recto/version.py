"""The version of Recto: read by the build of the package too, and written into every book."""

__version__ = "0.1.0"
