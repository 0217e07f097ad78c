// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/export_text.h"

#include <QMenu>

#include <functional>

namespace halfopen {

/// The values for elsewhere: each format to the clipboard or into a file.
class ExportMenu final : public QMenu {
    Q_OBJECT

public:
    /// @param values  asked when something is chosen
    explicit ExportMenu(std::function<KeepaliveDefaults()> values, QWidget* parent = nullptr);

Q_SIGNALS:
    void said(const QString& sentence); ///< what was done, or why not

private:
    void copy(ExportFormat format, const QString& name);
    void save(ExportFormat format);
    void write(ExportFormat format, const QString& file);

    std::function<KeepaliveDefaults()> m_values;
};

} // namespace halfopen
