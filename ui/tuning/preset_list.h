// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/middlebox.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace halfopen {

/// The middleboxes that ship with the program, in the order of their file. Logs nothing: a file that cannot be read is
/// a fault of the build, and a test holds it.
std::vector<Middlebox> shippedMiddleboxes();

/// The middleboxes, each with what the values come to there. Choosing one proposes values and says why.
class PresetList final : public QWidget {
    Q_OBJECT

public:
    explicit PresetList(std::vector<Middlebox> boxes, QWidget* parent = nullptr);

    void showSurvival(const KeepaliveDefaults& values); ///< what these values come to at each
    void setEditable(bool editable);                    ///< whether values can be proposed

Q_SIGNALS:
    void proposed(const halfopen::Middlebox& box); ///< one with values

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showChosen();
    void propose();
    const Middlebox* chosen() const;

    std::vector<Middlebox> m_boxes;
    QTreeWidget* m_list;
    QLabel* m_why;
    QPushButton* m_propose;
    bool m_editable = true;
};

} // namespace halfopen
