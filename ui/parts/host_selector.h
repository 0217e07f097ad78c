// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QString>
#include <QStringList>

namespace halfopen {

/// Whose connections are shown: this machine's, or those of another one, whose name is picked or typed as ssh(1) takes
/// it. It goes on saying what is shown until that is another one.
class HostSelector final : public QComboBox {
    Q_OBJECT

public:
    explicit HostSelector(QWidget* parent = nullptr);

    void showHost(const QString& host); ///< "": this machine
    const QString& host() const { return m_host; }
    void offer(const QStringList& hosts); ///< to be picked, beside this machine

Q_SIGNALS:
    void hostRequested(const QString& host); ///< not the one that is shown
    void machineRequested();                 ///< back to this one

protected:
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void request(const QString& text);

    QString m_host;
};

} // namespace halfopen
