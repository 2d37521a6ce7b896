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
    "O005": (
        "另一次运行正在写这个文件夹，等了 {seconds} 秒仍未结束；请等它完成后再运行",
        "another run is writing to this folder and did not end within {seconds} s; try again when it has",
    ),
    "O006": (
        "文件被占用（{reason}），可能正在 Word 或 WPS 里打开；原文件没有动，关闭后再运行一次即可",
        "the file is in use ({reason}), perhaps open in Word or WPS; it was left as it was, close it and run again",
    ),
    "O007": ("另一次运行正在写 {folder}，等待中……", "another run is writing to {folder}, waiting …"),
    "O004": ("写不了文件：{reason}", "cannot write the file: {reason}"),
}
