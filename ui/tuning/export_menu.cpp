// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/export_menu.h"

#include "ui/look/in_background.h"
#include "ui/look/text.h"
#include "ui/parts/save_file.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>

#include <array>
#include <utility>

namespace halfopen {

ExportMenu::ExportMenu(std::function<KeepaliveDefaults()> values, QWidget* parent)
    : QMenu(parent)
    , m_values(std::move(values)) {
    const std::array formats{std::pair(ExportFormat::SysctlFile, tr("sysctl.d File")),
                             std::pair(ExportFormat::SysctlCommands, tr("sysctl Commands")),
                             std::pair(ExportFormat::AnsibleTask, tr("Ansible Task")),
                             std::pair(ExportFormat::KubernetesPod, tr("Kubernetes securityContext"))};
    for (const auto& [format, name] : formats)
        addAction(tr("Copy as %1").arg(name), this, [this, f = format, n = name] { copy(f, n); });
    addSeparator();
    for (const auto& [format, name] : formats)
        addAction(tr("Save as %1...").arg(name), this, [this, f = format] { save(f); });
}

void ExportMenu::copy(ExportFormat format, const QString& name) {
    QApplication::clipboard()->setText(fromCore(exportText(format, m_values())));
    Q_EMIT said(tr("Copied: %1.").arg(name));
}

void ExportMenu::save(ExportFormat format) {
    auto* dialog = new QFileDialog(parentWidget(), tr("Save"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(fromCore(exportFileName(format)));
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& file) { write(format, file); });
    dialog->open();
}

void ExportMenu::write(ExportFormat format, const QString& file) {
    inBackground(
        this,
        [file, text = exportText(format, m_values())] {
            return saveFile(file, [&](const Output& output) { return output(text); });
        },
        [this](const QString& sentence) { Q_EMIT said(sentence); });
}

} // namespace halfopen
