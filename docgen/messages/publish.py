"""Messages of writing the output folder."""

MESSAGES: dict[str, tuple[str, str]] = {
    "O001": (
        "文件已被人修改，没有覆盖；新生成的文件放在旁边：{beside}",
        "the file was edited by hand and was left alone; the new one stands beside it: {beside}",
    ),
    "O002": (
        "上次的清单 manifest.json 读不出来，已重新生成；现有文件都不覆盖",
        "the last manifest.json cannot be read and was made anew; no existing file is overwritten",
    ),
    "O003": (
        "文件不再属于这套文件，但被人修改过，予以保留",
        "the file no longer belongs to the set but was edited by hand, so it stays",
    ),
    "O004": ("写不了文件：{reason}", "cannot write the file: {reason}"),
}
