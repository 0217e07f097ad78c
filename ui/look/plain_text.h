// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace halfopen {

/// The one place where labels and tooltips learn that text is text. Qt takes what looks like HTML for HTML unless it is
/// told otherwise, and names of processes come from outside: with them, anybody could draw into this window. While it
/// lives, every label of the application (of dialogs and tooltips as well) that was not told a format shows plain text.
class PlainText final : public QObject {
    Q_OBJECT

public:
    explicit PlainText(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace halfopen
