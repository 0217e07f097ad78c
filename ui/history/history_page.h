// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "ui/details/facts.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QSettings;
class QStackedLayout;

namespace halfopen {

class FactPanel;
class HistoryModel;
class HistoryView;
class MessagePage;
class NoticeBar;

/// The page "History": the connections that have ended, each with how, why that is known, and when its peer was last
/// heard.
class HistoryPage final : public QWidget {
    Q_OBJECT

public:
    /// @param history  not null
    explicit HistoryPage(HistoryPtr history, QWidget* parent = nullptr);

    /// Takes what has been recorded since; to be called with every frame.
    /// @return what is new and of this run, oldest first
    std::vector<CertificatePtr> update();
    /// What happened to the file of earlier runs, e.g. that it was damaged and set aside; "" says nothing. The same
    /// sentence is said once.
    void sayArchive(const QString& sentence);
    /// The newest certificate of a cookie; null where there is none (yet).
    CertificatePtr find(std::uint64_t cookie) const;
    /// Shows one among all; false where there is none.
    bool select(std::uint64_t cookie);

    void focusFilter();
    HistoryView& view() { return *m_view; }
    HistoryModel& model() { return *m_model; }
    QLineEdit& filter() { return *m_filter; }
    FactPanel& details() { return *m_details; }
    QString countText() const;
    QString lostText() const;

    void restore(const QSettings& settings);
    void save(QSettings& settings) const;

private:
    void showDetails();
    QWidget* newTable();
    void showCounts();
    void showMessage();

    HistoryPtr m_history;
    std::uint64_t m_last = 0;  ///< number of the newest certificate here
    std::uint64_t m_first = 0; ///< number of the oldest that is kept, as last told
    std::uint64_t m_lost = 0;
    HistoryModel* m_model;
    HistoryView* m_view;
    QLineEdit* m_filter;
    QLabel* m_count;
    QString m_archiveSaid;
    NoticeBar* m_archive;
    NoticeBar* m_lostBar;
    MessagePage* m_message;
    QStackedLayout* m_stack = nullptr;
    FactPanel* m_details;
    QTimer m_typing;
};

/// All that a certificate tells, in one group.
FactGroups certificateFacts(const Certificate& certificate);

} // namespace halfopen
